import { readFileSync } from 'node:fs'
import { afterAll } from 'vitest'
import { parse, stringify } from 'yaml'
import { type Database, openEvidenceBase, readStudyFile, type StudyFile, saveStudy } from '../../src/index.ts'
import { SEED_FILE, scratchDatabase, seededDatabase } from '../scratch.ts'
import { VOCABULARIES } from '../vocabularies.ts'

export const STUDY = 'rosenberg-1993-il2-lak'

const open: Database[] = []
afterAll(async () => {
  for (const db of open) await db.$disconnect()
})

/** The first study's database, after an edit by hand: SQL that no program of ours has looked at. */
export async function seeded(sql?: string): Promise<Database> {
  const { url, exec } = await seededDatabase()
  if (sql !== undefined) await exec(sql)
  return opened(url)
}

/** A database with studies that were made from the first one. */
export async function withVariants(...changes: readonly ((file: StudyFile) => void)[]): Promise<Database> {
  const db = await opened((await scratchDatabase()).url)
  for (const change of changes) {
    const file = parse(readFileSync(SEED_FILE, 'utf8')) as StudyFile
    change(file)
    await saveFile(db, file)
  }
  return db
}

/** Saves a study file as it is read. */
export const saveFile = (db: Database, file: StudyFile) =>
  saveStudy(db, readStudyFile(Buffer.from(stringify(file)), 'variant.yaml', VOCABULARIES), {
    format: 'study-file',
    fileName: 'variant.yaml',
    fileSha256: '0'.repeat(64),
    now: new Date('2026-11-23T12:00:00Z'),
  })

export async function empty(): Promise<Database> {
  return opened((await scratchDatabase()).url)
}

async function opened(url: string): Promise<Database> {
  const db = await openEvidenceBase(url)
  open.push(db)
  return db
}
