import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCtgovXml } from '../../../src/import/ctgov/read-legacy.ts'
import { splitCtgovXml } from '../../../src/import/ctgov/split-legacy.ts'
import { ROOT } from '../../scratch.ts'
import { describeFixtures, fixtures } from './fixtures.ts'

const raw = (text: string) => ({ number: 1, line: 1, bytes: Buffer.from(text) })

const SMALL = readFileSync(path.join(ROOT, 'test/fixtures/ctgov/small.xml'), 'utf8')

describe('a legacy record', () => {
  const { key, record, unmapped } = readCtgovXml(raw(SMALL))
  const { rows } = record

  test('gives a study by its number, with the design that an older record has in one text', () => {
    expect(key).toBe('NCT01234567')
    expect(rows.study).toMatchObject([
      {
        type: 'interventional',
        allocation: 'randomised',
        interventionModel: 'parallel',
        masking: 'double',
        phase: 'phase_2_3',
        startDate: '2002-05',
        plannedEnrolment: 40,
      },
    ])
    expect(rows.studyText.filter(({ name }) => name === 'who is masked').map(({ text }) => text)).toEqual([
      'SUBJECT',
      'INVESTIGATOR',
    ])
    expect(unmapped).toEqual([])
  })

  test('tells how many there were, and the numbers of each group at its time', () => {
    expect(rows.outcomeMeasurement).toMatchObject([{ mean: 7.5, sd: 1.2, total: 20 }])
    expect(rows.timepoint).toMatchObject([{ kind: 'at', fromTime: 4, unit: 'weeks' }])
    expect(rows.fact).toMatchObject([{ field: 'mean', printed: '7.50' }])
    expect(rows.studyGroup.map(({ label, matchedBy }) => [label, matchedBy])).toEqual([
      ['Milk', 'title'],
      ['Milk', 'title'],
    ])
  })

  test('has the total of serious harms as a total, and no harm', () => {
    expect(rows.adverseEventTerm).toMatchObject([
      { term: 'Total, serious adverse events', summary: true, serious: true, parentId: null },
      { term: 'Faint', summary: null, parentId: 'NCT01234567/serious-total', vocabulary: 'MedDRA 9' },
    ])
    expect(rows.adverseEventCount).toMatchObject([
      { affected: 3, atRisk: 20, events: null },
      { affected: 2, atRisk: 20, events: 4 },
    ])
  })

  test.each([
    {
      what: 'ill-formed XML',
      text: '<clinical_study><a></clinical_study>',
      message: /^line 1, column \d+: the XML is not well-formed/,
    },
    { what: 'an entity of its own', text: SMALL.replace('Milk', '&milk;'), message: /not well-formed.*entity/ },
    { what: 'another element', text: '<a/>', message: /expected a clinical_study/ },
    {
      what: 'no number',
      text: SMALL.replace('NCT01234567', 'ISRCTN1'),
      message: /^protocolSection\.identificationModule\.nctId: "ISRCTN1" is none/,
    },
    {
      what: 'a group that is not declared',
      text: SMALL.replace('measurement group_id="O1" value="7.50"', 'measurement group_id="O9" value="1"'),
      message: /no group "O9"; there are O1/,
    },
  ])('is refused for $what', ({ text, message }) => {
    expect(() => readCtgovXml(raw(text))).toThrow(message)
  })
})

async function split(text: string, size: number) {
  async function* chunks() {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }
  const records: (readonly [line: number, text: string])[] = []
  let fault = ''
  try {
    for await (const batch of splitCtgovXml(chunks(), 'a.xml'))
      for (const { line, bytes } of batch) records.push([line, Buffer.from(bytes).toString()])
  } catch (error) {
    fault = (error as Error).message
  }
  return { records, fault }
}

describe('splitCtgovXml', () => {
  const [one, other] = ['<clinical_study rank="1">\n a</clinical_study>', '<clinical_study>b</clinical_study>']
  test.each([
    { what: 'one', text: `<?xml version="1.0"?>\n${one}\n`, records: [[2, one]], fault: '' },
    {
      what: 'many in a root',
      text: `<all>\n${one}\n<clinical_studyx/>\n${other}</all>`,
      records: [
        [2, one],
        [5, other],
      ],
      fault: '',
    },
    {
      what: 'one that is not closed',
      text: `<all><clinical_study>\nc${one}</all>`,
      records: [
        [1, '<clinical_study>\nc'],
        [2, one],
      ],
      fault: '',
    },
    { what: 'none', text: '<html></html>', records: [], fault: 'a.xml:1: the file has no clinical_study' },
    { what: 'nothing', text: '', records: [], fault: 'a.xml:1: the file has no clinical_study' },
    { what: 'JSON', text: '[{}]', records: [], fault: 'a.xml:1: this is no XML' },
    {
      what: 'one and a half',
      text: `${one}\n<clinical_study>`,
      records: [[1, one]],
      fault: 'a.xml:3: the file ends too early',
    },
  ])('finds $what', async ({ text, records, fault }) => {
    for (const size of [1, 2, 7, 1_000]) {
      const result = await split(text, size)
      expect(result.records).toEqual(records)
      expect(result.fault.startsWith(fault)).toBe(true)
      if (fault === '') expect(result.fault).toBe('')
    }
  })
})

/** What is left in the kept record, and what it is. */
const LEFT =
  /\/(?:@rank|required_header\/.*|authority\[\]|safety_issue|number_of_(?:arms|groups)|overall_official\[\]\/.*|facility\/.*|name_title|is_fda_regulated|is_section_801|point_of_contact\/.*|investigator_title|\w+_qc|removed_countries\/.*|disposition_first_\w+(?:\/@type)?|document_has_\w+)$/

describeFixtures('real legacy records', () => {
  const real = [...fixtures('legacy-xml', '.xml'), ...fixtures('legacy-xml-versions', '.xml')]

  test('are 43 of many trials and 8 of one', () => expect(real).toHaveLength(51))

  test.each(real)('$name gives as many rows as there are elements, and tells what it leaves', ({ bytes }) => {
    const text = bytes.toString()
    const { record, unmapped } = readCtgovXml(raw(text))
    const { rows } = record
    const count = (pattern: RegExp, of = text) => of.match(pattern)?.length ?? 0
    expect(unmapped.filter((path) => !LEFT.test(path))).toEqual([])
    const totals = [...text.matchAll(/<title>Total<\/title>[\s\S]*?<\/category>/g)].map(([total]) =>
      count(/<counts /g, total),
    )
    const all = rows.adverseEventCount.length
    expect(all).toBe(count(/<counts /g))
    const ofTotals = rows.adverseEventTerm.filter(({ summary, fatal }) => summary || fatal).map(({ id }) => id)
    expect(rows.adverseEventCount.filter(({ termId }) => ofTotals.includes(termId))).toHaveLength(
      totals.reduce((sum, one) => sum + one, 0),
    )
    const sizes = [
      ...text.matchAll(/<title>Number of Participants<\/title>\s*<units>participants<\/units>[\s\S]*?<\/measure>/g),
    ].map(([measure]) => count(/<measurement /g, measure))
    const printed = new Set(rows.fact.map(({ id }) => id.split('/')[2]))
    const numbers = [...rows.outcomeMeasurement, ...rows.baselineMeasurement].filter((row) => {
      const value = 'events' in row ? row.events : row.count
      return (
        [value, row.mean, row.median, row.value].some((each) => each !== null) ||
        printed.has(row.id.split('/')[1] ?? '')
      )
    })
    expect(numbers).toHaveLength(count(/<measurement /g) - sizes.reduce((sum, one) => sum + one, 0))
    expect(rows.participantFlow).toHaveLength(count(/<participants /g))
    expect(rows.outcomeAnalysis).toHaveLength(count(/<analysis>/g))
    expect(rows.analysisGroup).toHaveLength(count(/<group_id>/g))
    expect(rows.outcome.filter(({ section }) => section === 'protocol')).toHaveLength(
      count(/<(?:primary|secondary|other)_outcome>/g),
    )
  })
})
