import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { SaxesParser } from 'saxes'
import { beforeAll, describe, expect, test } from 'vitest'
import { REVMAN5 } from '../../../src/export/targets/revman5.ts'
import type { Database, StudyFile } from '../../../src/index.ts'
import { asOtherStudy, fillEveryTable, seedFile } from '../../db/study-variants.ts'
import { threeArms } from '../../queries/extraction/three-arms.ts'
import { empty, saveFile } from '../../queries/seeded.ts'
import { fleiss, REFERENCE, REVIEW, slugOf } from '../revman/fleiss.ts'
import { filesWritten, written } from './written.ts'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

/** The root of an XML file, as a parser that isn't ours reads it; what isn't well-formed is refused. */
function parsed(xml: string): Element {
  const parser = new SaxesParser()
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const path = [top]
  parser.on('opentag', ({ name, attributes }) => {
    const one: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    path.at(-1)?.children.push(one)
    path.push(one)
  })
  parser.on('text', (text) => {
    const last = path.at(-1)
    if (last !== undefined) last.text += text
  })
  parser.on('closetag', () => void path.pop())
  parser.write(xml).close()
  const [root] = top.children
  if (root === undefined) throw new Error('no root')
  return root
}

const all = (root: Element, ...names: readonly string[]): Element[] =>
  root.children.flatMap((child) => [...(names.includes(child.name) ? [child] : []), ...all(child, ...names)])
const textOf = (element: Element | undefined, name: string) => element?.children.find((one) => one.name === name)?.text

const DATA = ['DICH_DATA', 'CONT_DATA', 'IV_DATA']
const OUTCOMES = ['DICH_OUTCOME', 'CONT_OUTCOME', 'IV_OUTCOME']
const NC_NAME = /^[A-Za-z_][\w.-]*$/

/** What every file must be: ids once, as XML wants them, and nothing that points at nothing. */
function sound(root: Element, xml: string): void {
  const ids = all(root, 'STUDY', 'QUALITY_ITEM', 'QUALITY_ITEM_DATA_ENTRY_GROUP', 'COMPARISON', ...OUTCOMES).map(
    ({ attributes }) => attributes.ID ?? '',
  )
  for (const id of ids) expect(id).toMatch(NC_NAME)
  expect(new Set(ids).size).toBe(ids.length)
  const studies = new Set(all(root, 'STUDY').map(({ attributes }) => attributes.ID))
  for (const { attributes } of all(root, 'INCLUDED_CHAR', 'QUALITY_ITEM_DATA_ENTRY', ...DATA))
    expect(studies).toContain(attributes.STUDY_ID)
  for (const outcome of all(root, ...OUTCOMES)) {
    const inIt = all(outcome, ...DATA).map(({ attributes }) => attributes.STUDY_ID)
    expect(new Set(inIt).size).toBe(inIt.length)
  }
  // R's meta goes by lines: each tag that it looks for begins one.
  const begins = xml.split('\n').filter((line) => /^<(DICH|CONT|IV)_DATA/.test(line)).length
  expect(begins).toBe(all(root, ...DATA).length)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is beyond ASCII is what is looked for
  expect(xml).not.toMatch(/[^\u0000-\u007f]/)
}

describe('the review that RevMan 5 wrote one of', () => {
  let root: Element
  let db: Database
  beforeAll(async () => {
    db = await fleiss()
    const { text } = await written(REVMAN5, db, { review: REVIEW })
    root = parsed(text)
    sound(root, text)
  })

  test('has its title, studies, years, references and characteristics', () => {
    expect(textOf(all(root, 'COVER_SHEET')[0], 'TITLE')).toBe('Examples from Fleiss (1993)')
    const studies = all(root, 'STUDY')
    expect(studies.map(({ attributes }) => attributes.NAME).sort()).toEqual(
      [...REFERENCE.aspirin.rows, ...REFERENCE.mental_health.rows].map(({ study }) => study).sort(),
    )
    const isis = studies.find(({ attributes }) => attributes.ID === 'STD-isis-2')
    expect(isis?.attributes).toEqual({ DATA_SOURCE: 'PUB', ID: 'STD-isis-2', NAME: 'ISIS-2', YEAR: '1988' })
    expect(isis?.children.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['REFERENCE', { PRIMARY: 'YES', TYPE: 'OTHER' }],
      ['IDENTIFIERS', {}],
    ])
    expect(all(root, 'INCLUDED_CHAR')).toHaveLength(12)
  })

  test('has the same comparison, outcomes, rows, weights and estimates', () => {
    const { aspirin, mental_health } = REFERENCE
    const [comparison, ...others] = all(root, 'COMPARISON')
    expect(others).toEqual([])
    expect(comparison?.attributes).toEqual({ ID: 'CMP-001', NO: '1' })
    const [dichotomous, continuous] = all(root, ...OUTCOMES)
    expect(textOf(dichotomous, 'NAME')).toBe(aspirin.outcome)
    const { effect_size, ci_start, ci_end, chi2, i2, z, p_z } = aspirin.overall
    const numbers = (element: Element | undefined, ...names: readonly string[]) =>
      names.map((name) => Number(element?.attributes[name]).toPrecision(10))
    expect(numbers(dichotomous, 'EFFECT_SIZE', 'CI_START', 'CI_END', 'CHI2', 'I2', 'Z', 'P_Z')).toEqual(
      [effect_size, ci_start, ci_end, chi2, i2, z, p_z].map((value) => value.toPrecision(10)),
    )
    expect(dichotomous?.attributes).toMatchObject({
      ...{ CI_STUDY: '95', DF: '6', EFFECT_MEASURE: 'OR', ESTIMABLE: 'YES', EVENTS_1: '2128', EVENTS_2: '2286' },
      ...{ ID: 'CMP-001.01', METHOD: 'MH', NO: '1', RANDOM: 'NO', STUDIES: '7', TOTAL_1: '14186', TOTAL_2: '13817' },
    })
    // RevMan's logarithms here are common ones: log₁₀ of 0.8968655609130709.
    expect(Number(dichotomous?.attributes.LOG_EFFECT_SIZE)).toBeCloseTo(-0.04727265230640342, 14)
    const rows = new Map(all(root, 'DICH_DATA').map((one) => [one.attributes.STUDY_ID, one]))
    for (const row of aspirin.rows) {
      const found = rows.get(`STD-${slugOf(row.study)}`)
      expect(
        numbers(
          found,
          'EVENTS_1',
          'TOTAL_1',
          'EVENTS_2',
          'TOTAL_2',
          'EFFECT_SIZE',
          'CI_START',
          'CI_END',
          'SE',
          'WEIGHT',
        ),
      ).toEqual(
        [
          ...[row.events_1, row.total_1, row.events_2, row.total_2, row.effect_size, row.ci_start, row.ci_end],
          ...[row.se, row.weight],
        ].map((value) => value.toPrecision(10)),
      )
    }
    expect(Number(continuous?.attributes.EFFECT_SIZE)).toBeCloseTo(mental_health.overall.effect_size, 8)
    const davis = all(root, 'CONT_DATA').find(({ attributes }) => attributes.STUDY_ID === 'STD-davis')
    expect(davis?.attributes).toMatchObject({
      ...{ MEAN_1: '5', SD_1: '4.7', TOTAL_1: '13', MEAN_2: '6.5', SD_2: '3.8', TOTAL_2: '13', ESTIMABLE: 'YES' },
    })
  })

  const REAL = process.env.EVIBASE_FIXTURES && path.join(process.env.EVIBASE_FIXTURES, 'revman')
  const there = REAL !== undefined && existsSync(REAL)
  describe.skipIf(!there)(`beside real files${there ? '' : ' (EVIBASE_FIXTURES is not set)'}`, () => {
    /** What no real file at hand has: its outcomes of contrasts, which R's meta reads. */
    const UNSEEN = /^(IV_(OUTCOME|DATA)|EFFECT_MEASURE)( |$)/

    test('elements and attributes are those of RevMan', async () => {
      const vocabulary = new Set<string>()
      const note = (element: Element) => {
        vocabulary.add(element.name)
        for (const name of Object.keys(element.attributes)) vocabulary.add(`${element.name} ${name}`)
        for (const child of element.children) {
          vocabulary.add(`${element.name} > ${child.name}`)
          note(child)
        }
        return vocabulary
      }
      for (const [name, encoding] of [
        ['Fleiss1993.rm5', 'latin1'],
        ['antibiotics-for-sore-throat__IEBH_revman-replicant.rm5', 'latin1'],
      ] as const)
        note(parsed(readFileSync(path.join(REAL ?? '', name), encoding)))
      const real = new Set(vocabulary)
      for (const file of [await judged(), await written(REVMAN5, db, { review: REVIEW })]) {
        vocabulary.clear()
        note(parsed(file.text))
        const unknown = [...vocabulary].filter(
          (one) => !real.has(one) && !one.split(' > ').some((part) => UNSEEN.test(part)),
        )
        expect(unknown).toEqual([])
      }
    })
  })
})

const JUDGEMENTS = [
  { tool: 'rob-1', domain: 'sequence-generation', judgement: 'low', support: 'By <computer> & "dice"' },
  { tool: 'rob-1', domain: 'allocation-concealment', judgement: 'unclear' },
  { tool: 'rob-1', domain: 'blinding-assessment', judgement: 'high', on: 'sleep' },
  { tool: 'rob-1', domain: 'other', judgement: 'low', assessor: 'One' },
  { tool: 'rob-1', domain: 'other', judgement: 'high', assessor: 'Other' },
  { tool: 'rob-2', domain: 'overall', judgement: 'high' },
]

/** The three arms with all that RevMan has a place for, and words that XML must not take for tags. */
async function judged() {
  const db = await empty()
  const file = threeArms()
  file.study.label = 'Smith & <Sons> "2001"\u0001'
  file.study.objective = "To see ']]>' <!-- ä, 🍯 & more --> in\ntwo lines"
  file.risk_of_bias = JUDGEMENTS as NonNullable<StudyFile['risk_of_bias']>
  await saveFile(db, file)
  const { files, told } = await filesWritten(REVMAN5, db, { derived: true })
  const text = files.get('review.rm5')?.toString('utf8') ?? ''
  return { text, told, root: parsed(text) }
}

describe('a study with three arms, judgements and hostile words', () => {
  let made: Awaited<ReturnType<typeof judged>>
  beforeAll(async () => {
    made = await judged()
    sound(made.root, made.text)
  })

  test('texts come back as they are, but for what XML can’t have', () => {
    expect(all(made.root, 'STUDY')[0]?.attributes.NAME).toBe('Smith & <Sons> "2001"\ufffd')
    const [methods] = all(made.root, 'CHAR_METHODS')
    expect(methods?.children.map(({ text }) => text)).toEqual(
      expect.arrayContaining(["Objective: To see ']]>' <!-- ä, 🍯 & more --> in", 'two lines']),
    )
  })

  test('a log hazard ratio with its standard error is an outcome of its own', () => {
    const outcome = all(made.root, 'IV_OUTCOME').find((one) => textOf(one, 'NAME') === 'Death')
    if (outcome === undefined) throw new Error('there is no outcome of death')
    expect(textOf(outcome, 'EFFECT_MEASURE')).toBe('Hazard Ratio')
    expect(outcome.attributes).toMatchObject({ LOG_DATA: 'YES', RANDOM: 'NO', EFFECT_SIZE: '0.5' })
    const [row] = all(outcome, 'IV_DATA')
    expect(Number(row?.attributes.ESTIMATE)).toBeCloseTo(Math.log(0.5), 12)
    expect(Number(row?.attributes.SE)).toBeCloseTo(Math.log(4) / (2 * 1.959963984540054), 12)
  })

  test('notes on rows stand among the notes on their study', () => {
    const notes = all(made.root, 'CHAR_NOTES')[0]?.children.map(({ text }) => text) ?? []
    expect(notes).toContain(
      '2.1 Slept, 6 months: Participants: randomised. 2 rows of the study have the same control group. Another row of the study counts some of the same people.',
    )
  })

  test('risk of bias: each domain of RoB 1 with its answers', () => {
    const items = all(made.root, 'QUALITY_ITEM').map((item) => [
      textOf(item, 'NAME'),
      item.attributes.LEVEL,
      all(item, 'QUALITY_ITEM_DATA_ENTRY_GROUP').map((group) => textOf(group, 'NAME')),
      all(item, 'QUALITY_ITEM_DATA_ENTRY').map(({ attributes }) => [attributes.RESULT, attributes.GROUP_ID]),
    ])
    expect(items).toEqual([
      ['Random sequence generation (selection bias)', 'STUDY', [], [['YES', undefined]]],
      ['Allocation concealment (selection bias)', 'STUDY', [], [['UNKNOWN', undefined]]],
      ['Blinding of outcome assessment (detection bias)', 'GROUP', ['Slept'], [['NO', 'QIG-03.01']]],
      ['Other bias', 'STUDY', [], []],
    ])
    expect(all(made.root, 'QUALITY_ITEM_DATA_ENTRY')[0]?.children[0]?.children.map(({ text }) => text)).toEqual([
      'By <computer> & "dice"',
    ])
    expect(made.told.map(({ note }) => note)).toEqual([
      'a further row of a study for the same outcome has an analysis of its own',
      'assessors disagree, and their judgement is left out',
      'judgements by a tool that the format has no place for are left out',
    ])
  })
})

test('two studies of one name are told apart, and keep their names whichever is exported', async () => {
  const db = await empty()
  for (const slug of ['one', 'two']) {
    const file = seedFile()
    asOtherStudy(file, slug, slug === 'one' ? '1001' : '1002')
    fillEveryTable(file)
    await saveFile(db, file)
  }
  const names = (text: string) => all(parsed(text), 'STUDY').map(({ attributes }) => attributes.NAME)
  const both = await written(REVMAN5, db)
  expect(names(both.text)).toEqual(['Rosenberg 1993 (one)', 'Rosenberg 1993 (two)'])
  expect(names((await written(REVMAN5, db, { studies: ['two'] })).text)).toEqual(['Rosenberg 1993 (two)'])
  sound(parsed(both.text), both.text)
})
