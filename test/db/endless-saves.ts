import { readFileSync } from 'node:fs'
import { openDatabase } from '../../src/db/connect.ts'
import { databaseLocation } from '../../src/db/database-url.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import { numberedStudy, slugOf } from './numbered-study.ts'

// A program to be killed: saves one study after the other, each in one version and then in the next, and says so.
const [url = '', root = '', first = '0', ...versions] = process.argv.slice(2)
const texts = versions.map((version) => readFileSync(version, 'utf8'))
const db = await openDatabase(databaseLocation(url, root), root)
for (let number = Number(first); ; number++)
  for (const text of texts) {
    const origin = { format: 'study-file', fileName: 'endless.yaml', fileSha256: '', now: new Date() }
    await saveStudy(db, numberedStudy(text, number), origin)
    process.stdout.write(`${slugOf(number)}\n`)
  }
