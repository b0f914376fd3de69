import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { reviewFile } from '../db/review-variants.ts'
import { SEED_SLUG } from '../db/study-variants.ts'
import { evibase, type ScratchDatabase, SEED_FILE, scratchDatabase, scratchPath } from '../scratch.ts'

let database: ScratchDatabase
let folder: string
const run = (...args: string[]) => evibase(args, { db: database.url, cwd: folder })
beforeAll(async () => {
  database = await scratchDatabase()
  folder = scratchPath('of reviews')
  mkdirSync(path.join(folder, 'all', 'a-review'), { recursive: true })
  // Its name comes before that of the study that it names.
  writeFileSync(path.join(folder, 'all', 'a-review', 'review.yaml'), JSON.stringify(reviewFile()))
  writeFileSync(path.join(folder, 'all', 'study.yaml'), readFileSync(SEED_FILE))
})

describe('a review on the command line', () => {
  test('is refused where its study is not there, and comes after it in a folder', async () => {
    expect(await run('load', 'all/a-review/review.yaml')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`the study ${SEED_SLUG}\n`),
    })
    expect(await run('load', 'all', '--dry-run')).toMatchObject({
      code: 0,
      stderr: `${SEED_SLUG}: would be created\na-review: would be created\n2 files: 2 created. Nothing was written.\n`,
    })
    expect(await database.rows('SELECT id FROM study UNION ALL SELECT id FROM review')).toEqual([])
    expect(await run('load', 'all')).toMatchObject({
      code: 0,
      stderr: `${SEED_SLUG}: created\na-review: created\n2 files: 2 created.\n`,
    })
    expect(await run('load', 'all')).toMatchObject({
      code: 0,
      stderr: `${SEED_SLUG}: unchanged\na-review: unchanged\n2 files: 2 unchanged.\n`,
    })
  })

  test('is written back as a file that changes nothing', async () => {
    const { code, stdout } = await run('dump', 'a-review')
    expect(code).toBe(0)
    writeFileSync(path.join(folder, 'again.yaml'), stdout)
    expect(await run('load', 'again.yaml')).toMatchObject({ code: 0, stderr: 'a-review: unchanged\n' })
    expect(await run('dump', 'no-review')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no study "no-review"'),
    })
  })

  test.each(['yaml', 'json'])('is written back with all the others, each review in a folder: %s', async (kind) => {
    const out = `out-${kind}`
    expect(await run('dump', '--all', '--out', out, ...(kind === 'json' ? ['--json'] : []))).toEqual({
      code: 0,
      stdout: '',
      stderr: `One study and one review in ${out}.\n`,
    })
    expect(existsSync(path.join(folder, out, 'a-review', `review.${kind}`))).toBe(true)
    expect(await run('load', out)).toMatchObject({ code: 0, stderr: expect.stringContaining('2 unchanged') })
  })

  test('is checked with its studies, by its key, or with all', async () => {
    expect(await run('check', 'a-review', '--format', 'csv')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /^study,rule.*\na-review,review-decided,note,remark,review_study,unread,decision,Unread,/,
      ),
      stderr: '1 review: 0 errors, 0 warnings, 1 note; 0 not checkable.\n',
    })
    expect((await run('check')).stderr).toMatch(/^1 study and 1 review: 0 errors, 0 warnings/)
    expect((await run('check', SEED_SLUG)).stderr).toMatch(/^1 study: 0 errors/)
    expect((await run('check', SEED_SLUG, 'a-review', '--save')).stderr).toMatch(/^1 study and 1 review: /)
    expect(
      await database.rows(`SELECT rule, severity, status, table_name, row_key, field, fact_id, about FROM finding
         WHERE review_id = 'a-review'`),
    ).toEqual([
      {
        ...{
          rule: 'review-decided',
          severity: 'note',
          status: 'remark',
          table_name: 'review_study',
          row_key: 'unread',
        },
        ...{ field: 'decision', fact_id: null, about: 'Unread' },
      },
    ])
    expect(await database.rows('SELECT studies, reviews FROM check_run')).toEqual([{ studies: 1, reviews: 1 }])
  })

  test('shows its studies', async () => {
    const { stdout } = await run('extract', 'review-studies', '--json')
    expect(JSON.parse(stdout)).toHaveLength(4)
  })

  test('leaves of pairs the results that it chose, with its own outcome beside each', async () => {
    const { code, stdout } = await run('extract', 'dichotomous', '--review', 'a-review', '--json')
    expect(code).toBe(0)
    // The study has two further tables, of partial responses and of those alive, which the review did not choose.
    expect(JSON.parse(stdout)).toMatchObject([
      { study: SEED_SLUG, outcome: 'Complete response', ai: 10, n1i: 85, ci: 4, n2i: 79, review_outcome: 'Response' },
    ])
  })

  test('keeps what it holds: the study that loses it is refused, and told why', async () => {
    const smaller = readFileSync(SEED_FILE, 'utf8').replaceAll('24-months', '25-months')
    writeFileSync(path.join(folder, 'smaller.yaml'), smaller)
    expect(await run('load', 'smaller.yaml')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The review a-review holds the timepoint .*24-months .*is gone/),
    })
  })
})
