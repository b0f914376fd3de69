import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { evibase, ROOT, scratchDatabase, scratchPath } from '../scratch.ts'
import { environment } from '../scripts/prisma-project.ts'

const article = (pmid: number, title = `Title ${pmid}`) =>
  `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><ArticleTitle>${title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>`
const set = (...articles: readonly string[]) => `<PubmedArticleSet>\n${articles.join('\n')}\n</PubmedArticleSet>\n`

test('evibase import pubmed says what came, where something is wrong, and changes nothing again', async () => {
  const { url, rows } = await scratchDatabase()
  const cwd = scratchPath('import')
  mkdirSync(cwd)
  const write = (name: string, bytes: string | Uint8Array) => writeFileSync(path.join(cwd, name), bytes)
  write('one.xml', set(article(1), article(2, 'Bad <b>markup'), article(3)))
  write('more.xml.gz', gzipSync(set(article(3), article(4))))
  write('many.zip', zipSync({ 'a.xml': Buffer.from(set(article(5))), 'b.txt': Buffer.from('nothing') }))
  const load = (...args: string[]) => evibase(['import', 'pubmed', ...args], { db: url, cwd })

  const first = await load('one.xml', 'more.xml.gz', 'many.zip', '--report', 'issues.jsonl')
  expect(first).toMatchObject({ code: 1, stdout: '' })
  expect(first.stderr.split('\n')).toEqual([
    expect.stringMatching(/^one\.xml:3: record 2: /),
    'one.xml: 3 records: 2 saved, 1 left out.',
    'more.xml.gz: 2 records: 1 saved, 1 unchanged.',
    expect.stringMatching(/^many\.zip\/b\.txt:1: record 2: /),
    'many.zip: 2 records: 1 saved, 1 left out.',
    '3 files: 7 records: 4 saved, 1 unchanged, 2 left out.',
    expect.stringMatching(/^Kept within the records/),
    '',
  ])
  const issues = readFileSync(path.join(cwd, 'issues.jsonl'), 'utf8').trimEnd().split('\n')
  expect(issues.map((line) => JSON.parse(line))).toMatchObject([
    { file: 'one.xml', record: 2, line: 3, kind: 'failed', message: expect.stringContaining('line 1') },
    { file: 'many.zip', part: 'b.txt', record: 2, kind: 'failed', message: expect.stringContaining('PubMed') },
  ])
  expect(await rows('SELECT pmid, title FROM publication ORDER BY pmid')).toEqual(
    [1, 3, 4, 5].map((pmid) => ({ pmid: String(pmid), title: `Title ${pmid}` })),
  )
  const again = await load('more.xml.gz')
  expect(again).toEqual({ code: 0, stdout: '', stderr: 'more.xml.gz: 2 records: nothing changed.\n' })
})

test('evibase import pubmed - reads standard input, stops at Ctrl-C with what it has, and goes on from there', async () => {
  const { url, rows } = await scratchDatabase()
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/evibase.mjs'), 'import', 'pubmed', '-'], {
    env: environment({ DATABASE_URL: url }),
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk) => said.push(String(chunk)))
  const ended = once(child, 'close')
  const total = 1_000
  const articles = Array.from({ length: total }, (_, index) => article(index + 1))
  child.stdin.write(`<PubmedArticleSet>\n${articles.slice(0, 600).join('\n')}\n`)
  const saved = async () => Number((await rows<{ n: number }>('SELECT count(*) AS n FROM publication'))[0]?.n)
  while ((await saved()) < 250) await new Promise((resolve) => setTimeout(resolve, 20))
  child.kill('SIGINT')
  child.stdin.write(`${articles.slice(600).join('\n')}\n</PubmedArticleSet>`)
  child.stdin.on('error', () => undefined)
  child.stdin.end()
  expect(await ended).toEqual([130, null])
  expect(said.join('')).toMatch(
    /Stopping after the records in hand.*\nstandard input: [\d,]+ records: .*\n.*goes on from there/s,
  )
  const kept = await saved()
  expect(kept).toBeGreaterThanOrEqual(250)
  expect(kept).toBeLessThan(total)
  const file = scratchPath('whole.xml')
  writeFileSync(file, set(...articles))
  const { stderr } = await evibase(['import', 'pubmed', file], { db: url })
  expect(stderr).toContain(`1,000 records: ${total - kept} saved, ${kept} unchanged.`)
})

test('evibase duplicates shows what may be the same; merge and separate decide it, each with its reason', async () => {
  const { url } = await scratchDatabase()
  const titled = (pmid: number, title: string, pages: string) =>
    article(pmid, title).replace(
      '<ArticleTitle>',
      `<Journal><JournalIssue><PubDate><Year>1993</Year></PubDate></JournalIssue></Journal><Pagination><MedlinePgn>${pages}</MedlinePgn></Pagination><ArticleTitle>`,
    )
  const file = scratchPath('two.xml')
  // Books of PubMed have no pages; of these two one is a record whose PMID was typed wrong.
  writeFileSync(file, set(titled(1, 'Interleukin-2 and activated killer cells', '622-32')))
  await evibase(['import', 'pubmed', file], { db: url })
  const nothing = await evibase(['duplicates', '--format', 'csv'], { db: url })
  expect(nothing).toMatchObject({ code: 0, stderr: 'No rows.\n' })
  const refused = await evibase(['duplicates', 'merge', 'pmid-1', 'pmid-9', '--because', 'x'], { db: url })
  expect(refused).toEqual({ code: 1, stdout: '', stderr: 'No publication has the key pmid-9.\n' })
  const alone = await evibase(['duplicates', 'separate', 'pubmed:1', '--because', 'x'], { db: url })
  expect(alone).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing to separate') })
})

test('evibase import revman brings a review with its studies, and the tool that they are judged by', async () => {
  const { url, rows } = await scratchDatabase()
  const file = scratchPath('tea.zip')
  writeFileSync(file, zipSync({ 'tea.rm5': readFileSync(path.join(ROOT, 'test/fixtures/revman/tea.rm5')) }))
  const first = await evibase(['import', 'revman', file], { db: url })
  expect(first).toMatchObject({ code: 0, stdout: '' })
  expect(first.stderr).toContain('3 records: 3 saved.')
  expect(await rows('SELECT id FROM study ORDER BY id')).toEqual([
    { id: 'revman-42-doe-1999' },
    { id: 'revman-42-roe-2' },
  ])
  expect(await rows('SELECT judgement FROM risk_of_bias')).toEqual([{ judgement: 'rob-1/2011/low' }])
  expect(await rows('SELECT decision, reason FROM review_study ORDER BY position')).toEqual([
    { decision: 'included', reason: null },
    { decision: 'included', reason: null },
    { decision: 'excluded', reason: 'No tea' },
  ])
})

test('evibase publications shows what reports a study and what is left to people, who decide', async () => {
  const { url } = await scratchDatabase()
  const cwd = scratchPath('publications')
  mkdirSync(cwd)
  const naming = (pmid: number, ...numbers: readonly string[]) =>
    article(pmid).replace(
      '</Article>',
      `<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList>${numbers
        .map((number) => `<AccessionNumber>${number}</AccessionNumber>`)
        .join('')}</AccessionNumberList></DataBank></DataBankList></Article>`,
    )
  writeFileSync(path.join(cwd, 'a.xml'), set(naming(1, 'NCT00000001'), naming(2, 'NCT00000001', 'NCT00000002')))
  const identificationModule = { nctId: 'NCT00000001', briefTitle: 'A trial' }
  writeFileSync(
    path.join(cwd, 'a.json'),
    JSON.stringify({ protocolSection: { identificationModule, designModule: { studyType: 'INTERVENTIONAL' } } }),
  )
  await evibase(['import', 'pubmed', 'a.xml'], { db: url, cwd })
  await evibase(['import', 'ctgov', 'a.json'], { db: url, cwd })
  const shown = await evibase(['publications', 'NCT00000001', '--format', 'csv'], { db: url, cwd })
  expect(shown.stdout.split('\n').slice(1)).toEqual([
    'NCT00000001,pmid-1,1,,Title 1,not_stated,registration,pubmed:1 names NCT00000001,',
    'NCT00000001,pmid-2,2,,Title 2,,,pubmed:2 names NCT00000001,it is tied to NCT00000002 as well',
    '',
  ])
  const tie = ['publications', 'tie', 'NCT00000001', 'pmid-2', '--role', 'primary', '--because', 'its report']
  expect(await evibase(tie, { db: url, cwd })).toEqual({ code: 0, stdout: '', stderr: 'pmid-2 reports NCT00000001.\n' })
  const untie = ['publications', 'untie', 'NCT00000001', 'pmid-1', '--because', 'a letter']
  expect(await evibase(untie, { db: url, cwd })).toMatchObject({
    code: 0,
    stderr: 'pmid-1 does not report NCT00000001.\n',
  })
  const open = await evibase(['publications', '--open', '--json'], { db: url, cwd })
  expect(JSON.parse(open.stdout)).toEqual([])
})
