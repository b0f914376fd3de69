import path from 'node:path'
import { type Database, openDatabase } from './connect.ts'
import { databaseLocation } from './database-url.ts'

/** Evibase's own folder, as seen from its sources: the command line, which is bundled, is told instead. */
const root = path.resolve(import.meta.dirname, '../..')

/**
 * Opens an evidence base for a program of one's own. Close it with `$disconnect()`.
 *
 * @param url  as DATABASE_URL: file:./data/evidence.db by default; a relative path starts at Evibase's folder
 * @throws EvidenceError  DATABASE_URL_UNSUPPORTED, NOT_A_DATABASE, NOT_EVIBASE, DATABASE_NOT_FOUND, SCHEMA_OUTDATED, SCHEMA_NEWER, MIGRATION_FAILED
 */
export const openEvidenceBase = (url?: string): Database => openDatabase(databaseLocation(url, root), root)
