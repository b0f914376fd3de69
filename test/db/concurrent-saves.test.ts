import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { Database } from '../../src/db/connect.ts'
import { saveStudy } from '../../src/db/save-study.ts'
import {
  extractArms,
  extractCharacteristics,
  extractDichotomous,
  extractEvidence,
  openEvidenceBase,
} from '../../src/index.ts'
import type { StudyFile } from '../../src/model/study-file.ts'
import { evibase, type ScratchDatabase, scratchDatabase, scratchPath } from '../scratch.ts'
import { contents } from './dump.ts'
import { endlessProgram } from './endless-program.ts'
import { numberedStudy, SLUG_TO_NUMBER, slugOf } from './numbered-study.ts'
import { loadedAnew, open } from './saving.ts'
import {
  asOtherStudy,
  entry,
  fillEveryTable,
  ORIGIN,
  removeArm,
  STUDY_TO_NUMBER,
  seedFile,
  variant,
} from './study-variants.ts'

/** A study file of one's own for the command line. */
function studyFile(slug: string, change: (file: StudyFile) => void): string {
  const file = seedFile()
  change(file)
  const target = scratchPath(`${slug}.yaml`)
  writeFileSync(target, stringify(file, { aliasDuplicateObjects: false }))
  return target
}

interface Seen {
  readonly study: string
}
/** What each question answers of each study. */
type Answers = readonly ReadonlyMap<string, readonly Seen[]>[]

async function answersOf(db: Database): Promise<Answers> {
  const tables: readonly (readonly Seen[])[] = [
    await extractCharacteristics(db),
    await extractArms(db),
    await extractEvidence(db),
  ]
  return tables.map((rows) => {
    const slugs = new Set(rows.map(({ study }) => study))
    return new Map([...slugs].map((slug) => [slug, rows.filter(({ study }) => study === slug)]))
  })
}

interface Reader {
  /** Resolves when it has been answered so many times. */
  readonly answered: (times: number) => Promise<void>
  /** Lets it ask once more, and says what it was answered. */
  readonly stop: () => Promise<readonly Answers[]>
}

/** Asks again and again. */
function reader({ url }: ScratchDatabase, pause = 0): Reader {
  const seen: Answers[] = []
  let stopped = false
  const done = (async () => {
    const db = await openEvidenceBase(url)
    try {
      while (!stopped) {
        seen.push(await answersOf(db))
        await delay(pause)
      }
      seen.push(await answersOf(db))
      return seen
    } finally {
      await db.$disconnect()
    }
  })()
  return {
    answered: async (times) => {
      while (seen.length < times) await Promise.race([done, delay(50)])
    },
    stop: () => {
      stopped = true
      return done
    },
  }
}

describe('programs that load at the same time', () => {
  const own = (slug: string, pmid: string) => studyFile(slug, (file) => asOtherStudy(file, slug, pmid))

  test('both succeed with the same study, one as the first and one as the second', async () => {
    const scratch = await scratchDatabase()
    const file = own('same', '1')
    const loads = await Promise.all([1, 2].map(() => evibase(['load', file], { db: scratch.url })))
    expect(loads.filter(({ code }) => code !== 0)).toEqual([])
    expect(loads.map(({ stderr }) => stderr).sort()).toEqual(['same: created\n', 'same: unchanged\n'])
  })

  const PROGRAMS = 8
  const STUDIES: readonly { slug: string; change: (file: StudyFile) => void }[] = [
    ...['own-1', 'own-2'].map((slug, index) => ({
      slug,
      change: (file: StudyFile) => asOtherStudy(file, slug, String(101 + index)),
    })),
    ...['full-1', 'full-2'].map((slug, index) => ({
      slug,
      change: (file: StudyFile) => {
        asOtherStudy(file, slug, String(201 + index))
        fillEveryTable(file)
      },
    })),
    // Two that report from one publication, and two whose publications name each other.
    ...['sharing-1', 'sharing-2'].map((slug) => ({
      slug,
      change: (file: StudyFile) => {
        file.study.slug = slug
      },
    })),
    { slug: 'naming-1', change: naming('naming-1', '301', '302') },
    { slug: 'naming-2', change: naming('naming-2', '302', '301') },
  ]

  test(`${PROGRAMS} of them, sets that overlap: each study is there once and whole, before and after`, {
    timeout: 150_000,
  }, async () => {
    const scratch = await scratchDatabase()
    const files = STUDIES.map(({ slug, change }) => studyFile(slug, change))
    const serial = await scratchDatabase()
    const db = await open(serial)
    for (const { change } of STUDIES) await saveStudy(db, variant(change), ORIGIN)
    const whole = await answersOf(db)
    await db.$disconnect()

    // The programs are to have the processor.
    const reading = reader(scratch, 400)
    const loads = await Promise.all(
      files.map((_, program) => {
        const some = [0, 1, 2].map((step) => files[(program + step) % files.length] ?? '')
        return evibase(['load', ...(program % 2 === 0 ? some : some.reverse())], { db: scratch.url })
      }),
    )
    const seen = await reading.stop()

    expect(loads.filter(({ code, stdout }) => code !== 0 || stdout !== '')).toEqual([])
    const said = loads.flatMap(({ stderr }) => stderr.trimEnd().split('\n').slice(0, -1))
    for (const { stderr } of loads) expect(stderr).toMatch(/\n3 files: .+\.\n$/)
    expect(said).toHaveLength(PROGRAMS * 3)
    // Not a word of a lock or a deadlock: each study was made once, and found by the others.
    expect(said.filter((line) => !line.endsWith(': unchanged')).sort()).toEqual(
      STUDIES.map(({ slug }) => `${slug}: created`).sort(),
    )
    expect(said.filter((line) => !/^[\w-]+: (created|unchanged)$/.test(line))).toEqual([])
    expect(await contents(scratch)).toEqual(await contents(serial))
    expect(whole[0]?.size).toBe(STUDIES.length)
    for (const answers of seen)
      for (const [question, studies] of answers.entries())
        for (const [slug, rows] of studies) expect(rows, slug).toEqual(whole[question]?.get(slug))
    expect(seen.at(-1)).toEqual(whole)
    const numbers = new Set(seen.map(([characteristics]) => characteristics?.size))
    expect(numbers.size, 'the reader was there before, amid and after').toBeGreaterThan(2)
  })

  test('a reader sees a study in one version or in the other while it goes from one to the other', async () => {
    const scratch = await scratchDatabase()
    const texts = [STUDY_TO_NUMBER.short(), STUDY_TO_NUMBER.long()]
    const versions = await Promise.all(
      texts.map(async (text) => {
        const fresh = await scratchDatabase()
        const db = await open(fresh)
        await saveStudy(db, numberedStudy(text, 0), ORIGIN)
        const answers = await answersOf(db)
        await db.$disconnect()
        return answers.map((studies) => nameless([...studies.values()].flat(), slugOf(0)))
      }),
    )
    expect(versions[0]).not.toEqual(versions[1])

    const program = await endlessProgram(scratch, 1, texts)
    const reading = reader(scratch)
    await reading.answered(20)
    const seen = await reading.stop()
    await program.kill()

    const found = [0, 0]
    for (const answers of seen)
      for (const [question, studies] of answers.entries())
        for (const [slug, rows] of studies) {
          const there = nameless(rows, slug)
          const version = versions.findIndex((answer) => answer[question] === there)
          expect(version, `${slug}, question ${question + 1}: rows of neither version`).toBeGreaterThanOrEqual(0)
          found[version] = (found[version] ?? 0) + 1
        }
    expect(Math.min(...found), 'both versions were seen').toBeGreaterThan(0)
  })
})

describe('a question is answered as of one moment: what is saved amid it is not seen', () => {
  // These ask several times within one answer.
  test.each([{ question: extractCharacteristics }, { question: extractDichotomous }])(
    '$question.name',
    async ({ question }) => {
      const scratch = await scratchDatabase()
      const db = await open(scratch)
      const writer = await open(scratch)
      await saveStudy(writer, variant(), ORIGIN)
      const before = await question(db)
      const later = variant((file) => removeArm(file, 'il2-lak'))
      let asked = 0
      const interrupted = db.$extends({
        query: {
          $allOperations: async ({ args, query }) => {
            const answer = await query(args)
            if (++asked === 1) expect(await saveStudy(writer, later, ORIGIN)).toBe('updated')
            return answer
          },
        },
      })
      expect(await question(interrupted as unknown as Database)).toEqual(before)
      expect(asked, 'something was asked after the save').toBeGreaterThan(1)
      expect(await question(db)).not.toEqual(before)
      await db.$disconnect()
      await writer.$disconnect()
    },
  )
})

/** Rows without what distinguishes numbered studies. */
const nameless = (rows: readonly Seen[], slug: string): string =>
  JSON.stringify(rows)
    .replaceAll(slug, SLUG_TO_NUMBER)
    .replace(/PMID \d+/g, 'PMID')

/** A study with a publication of its own, which names another one. */
function naming(slug: string, pmid: string, other: string): (file: StudyFile) => void {
  return (file) => {
    asOtherStudy(file, slug, pmid)
    entry(file.publications).links = [{ type: 'CommentIn', pmid: other }]
  }
}

describe('clients that save at the same time', () => {
  const ROUNDS = 4

  /** As many clients as programs would have. */
  async function withClients<Result>(
    scratch: ScratchDatabase,
    count: number,
    use: (clients: readonly Database[]) => Promise<Result>,
  ): Promise<Result> {
    const clients = await Promise.all(Array.from({ length: count }, () => open(scratch)))
    try {
      return await use(clients)
    } finally {
      await Promise.all(clients.map((client) => client.$disconnect()))
    }
  }
  const saved = (clients: readonly Database[], changes: readonly ((file: StudyFile) => void)[]) =>
    Promise.allSettled(
      changes.map((change, index) => {
        const client = clients[index % clients.length]
        if (client === undefined) throw new Error('there is no client')
        return saveStudy(client, variant(change), ORIGIN)
      }),
    )

  test('in one process, several at one client, all succeed', async () => {
    const scratch = await scratchDatabase()
    const changes = [1, 2, 3, 4, 5, 6].map((pmid) => (file: StudyFile) => asOtherStudy(file, `s-${pmid}`, `${pmid}`))
    const results = await withClients(scratch, 2, (clients) => saved(clients, changes))
    expect(results).toEqual(changes.map(() => ({ status: 'fulfilled', value: 'created' })))
    expect(await contents(scratch)).toEqual(await loadedAnew(...changes.map(variant)))
  })

  test('what they share, and publications that name each other, they tie as one after the other would', async () => {
    const scratch = await scratchDatabase()
    const rounds = Array.from({ length: ROUNDS }, (_, round) => [
      naming(`naming-${round}-a`, `${1000 + round}`, `${2000 + round}`),
      naming(`naming-${round}-b`, `${2000 + round}`, `${1000 + round}`),
      sharing(`sharing-${round}-a`, `${3000 + round}`),
      sharing(`sharing-${round}-b`, `${3000 + round}`),
    ])
    await withClients(scratch, 4, async (clients) => {
      for (const changes of rounds)
        expect(await saved(clients, changes)).toEqual(changes.map(() => ({ status: 'fulfilled', value: 'created' })))
    })
    const expected = await loadedAnew(...rounds.flat().map(variant))
    const tied = expected.publication_link?.filter(({ linked_publication_id }) => linked_publication_id !== null)
    expect(tied).toHaveLength(2 * ROUNDS)
    expect(await contents(scratch)).toEqual(expected)
  })

  test('of two files that disagree about what they share, one is refused', async () => {
    const scratch = await scratchDatabase()
    await withClients(scratch, 2, async (clients) => {
      for (let round = 0; round < ROUNDS; round++) {
        const pmid = String(4000 + round)
        const titles = ['One title', 'Another title'] as const
        const changes = titles.map((title, index) => (file: StudyFile) => {
          sharing(`round-${round}-${index}`, pmid)(file)
          entry(file.publications).title = title
        })
        const results = await saved(clients, changes)
        const [refused, ...more] = results.filter(({ status }) => status === 'rejected')
        expect(more).toEqual([])
        expect(refused).toMatchObject({
          reason: { code: 'SHARED_ROW_CONFLICT', message: expect.stringContaining(`pmid-${pmid} also reports`) },
        })
        const stored = await scratch.rows(
          `SELECT p.title, s.id FROM publication p JOIN study_publication sp ON sp.publication_id = p.id
           JOIN study s ON s.id = sp.study_id WHERE p.id = 'pmid-${pmid}'`,
        )
        const first = results.findIndex(({ status }) => status === 'fulfilled')
        expect(stored).toEqual([{ title: titles[first], id: `round-${round}-${first}` }])
      }
    })
  })
})

/** A study that reports from a publication which others may report from as well. */
function sharing(slug: string, pmid: string): (file: StudyFile) => void {
  return (file) => {
    asOtherStudy(file, slug, pmid)
    entry(file.publications).doi = `10.1000/shared-${pmid}`
  }
}
