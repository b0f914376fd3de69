import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ENGINE } from '../../engines.ts'
import { evibase, ROOT, type ScratchDatabase, scratchDatabase, scratchPath } from '../../scratch.ts'
import { environment } from '../../scripts/prisma-project.ts'

/** More of them prove more: `KILLS=50` takes a minute. */
const KILLS = Number(process.env.KILLS ?? 4)
const RECORDS = 2_000

const article = (pmid: number) => `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article>
<ArticleTitle>Title ${pmid}</ArticleTitle><Abstract><AbstractText Label="A">One.</AbstractText><AbstractText
 Label="B">Two.</AbstractText></Abstract><AuthorList><Author><LastName>Doe${pmid}</LastName></Author><Author><LastName>Poe</LastName>
</Author></AuthorList></Article></MedlineCitation></PubmedArticle>`

const file = scratchPath('many.xml')
writeFileSync(
  file,
  `<PubmedArticleSet>\n${Array.from({ length: RECORDS }, (_, index) => article(index + 1)).join('\n')}\n</PubmedArticleSet>\n`,
)

/** What publications and records there are, without the import that they came by. */
const contents = async ({ lists }: ScratchDatabase) => ({
  publications: await lists('SELECT id, title FROM publication ORDER BY id'),
  texts: await lists('SELECT id, position, label, body FROM publication_text ORDER BY id'),
  authors: await lists('SELECT publication_id, position, author_id FROM authorship ORDER BY 1, 2'),
  records: await lists('SELECT key, publication_id, sha256, content FROM imported_record ORDER BY key'),
})

/** Records of which something is missing: each has one publication, two texts and two authors. */
const PARTS = `SELECT r.key FROM imported_record r LEFT JOIN publication p ON p.id = r.publication_id
  WHERE p.id IS NULL OR (SELECT count(*) FROM publication_text t WHERE t.publication_id = p.id) <> 2
    OR (SELECT count(*) FROM authorship a WHERE a.publication_id = p.id) <> 2
  UNION ALL SELECT id FROM publication p WHERE NOT EXISTS (SELECT 1 FROM imported_record r WHERE r.publication_id = p.id)`

test(`an import that is killed at any moment leaves whole records, ${KILLS} times, and is completed by the next`, {
  timeout: 300_000,
}, async () => {
  const calm = await scratchDatabase()
  expect(await evibase(['import', 'pubmed', file], { db: calm.url })).toMatchObject({ code: 0 })
  let amid = 0
  let db = await scratchDatabase()
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, [path.join(ROOT, 'scripts/evibase.mjs'), 'import', 'pubmed', file], {
      env: environment({ DATABASE_URL: db.url }),
      stdio: 'ignore',
    })
    const ended = once(child, 'close')
    const counted = async () => Number((await db.lists('SELECT count(*) FROM imported_record'))[0]?.[0])
    const before = await counted()
    while ((await counted()) === before && child.exitCode === null) await delay(10)
    await delay(Math.random() * 400)
    child.kill('SIGKILL')
    await ended
    expect(await db.lists(PARTS)).toEqual([])
    if (ENGINE === 'sqlite') {
      expect(await db.lists('PRAGMA integrity_check')).toEqual([['ok']])
      expect(await db.lists('PRAGMA foreign_key_check')).toEqual([])
    }
    const kept = await counted()
    if (kept > before && kept < RECORDS) amid++
    if (kept === RECORDS) db = await scratchDatabase()
  }
  expect(amid, 'some were killed amid the file').toBeGreaterThan(0)
  expect(await evibase(['import', 'pubmed', file], { db: db.url })).toMatchObject({ code: 0 })
  expect(await contents(db)).toEqual(await contents(calm))
  expect((await evibase(['db', 'verify'], { db: db.url })).code).toBe(0)
})
