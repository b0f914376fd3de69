import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readPubmedRecord } from '../../../src/import/pubmed/read-pubmed-record.ts'
import { splitPubmedXml } from '../../../src/import/pubmed/split-pubmed-xml.ts'
import { parseXmlElement, type XmlElement } from '../../../src/import/stream/xml-element.ts'
import type { RawRecord } from '../../../src/model/reading.ts'
import { ROOT } from '../../scratch.ts'
import { chunks, split, textOfRecord } from '../chunks.ts'
import { realFiles } from '../real-files.ts'

/** Leaves whose value isn't taken over but says what another one is, or becomes part of a value in another form. */
const SAID_OTHERWISE =
  /@(MajorTopicYN|ValidYN|EIdType|IdType|IssnType|Source|Type|Label|Version)$|\/(Month|Day|StartPage|EndPage|RegistryNumber)$|Author\/Identifier$|DeleteCitation/
const INLINE = /\/(i|b|u|sup|sub|(mml:)?math)(\/|$)/

const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim().replace(/\.$/, '')

/** Each leaf's path without `[]`, and its value up to the first inline markup. */
function leavesOf(element: XmlElement, at: string): (readonly [where: string, value: string])[] {
  const own = Object.entries(element.attributes).map(([name, value]) => [`${at}/@${name}`, value] as const)
  const texts = element.content.filter((part) => typeof part === 'string')
  const first = texts.find((text) => text.trim() !== '')
  const inner = element.content.flatMap((part) =>
    typeof part === 'string' ? [] : leavesOf(part, `${at}/${part.name}`),
  )
  return [...own, ...(first === undefined ? [] : [[at, first] as const]), ...inner]
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

/** Of each path: leaves that are there, minus those listed as unmapped, are in the reading. */
function lostIn(raw: RawRecord): readonly string[] {
  const root = parseXmlElement(textOfRecord(raw))
  const reading = readPubmedRecord(raw)
  if (reading.kind !== 'publication') return []
  const leaves = new Map<string, string[]>()
  for (const [where, value] of leavesOf(root, root.name === 'MedlineCitation' ? root.name : ''))
    leaves.set(where.replace(/^\//, ''), [...(leaves.get(where.replace(/^\//, '')) ?? []), value])
  const unmapped = new Map<string, number>()
  for (const listed of reading.unmapped) {
    const where = listed.replaceAll('[]', '')
    unmapped.set(where, (unmapped.get(where) ?? 0) + 1)
  }
  const abstract = reading.record.sections.map(({ label, body }) => `${label}: ${body}`).join(' ')
  const held = `\n${[abstract, reading.revision ?? '', ...stringsIn(reading.record)].map(plain).join('\n')}\n`
  const neverThere = [...unmapped.keys()].filter((where) => !leaves.has(where))
  const lost = [...leaves].flatMap(([where, values]) => {
    const mapped = values.length - (unmapped.get(where) ?? 0)
    const found = values.filter((value) => held.includes(plain(value))).length
    const isFound = mapped >= 0 && (found >= mapped || SAID_OTHERWISE.test(where) || INLINE.test(where))
    return isFound ? [] : [`${reading.key} ${where}: ${mapped} of ${JSON.stringify(values)} mapped, ${found} found`]
  })
  return [...neverThere, ...lost]
}

test('every leaf of the invented file is in the reading or listed as unmapped', async () => {
  const bytes = readFileSync(path.join(ROOT, 'test/fixtures/pubmed/invented.xml'))
  const { records } = await split(splitPubmedXml, chunks(bytes))
  expect(records.flatMap(lostIn)).toEqual([])
})

const REAL = realFiles('pubmed')

test.skipIf(REAL.length === 0)('every leaf of the real files is in the reading or listed as unmapped', async () => {
  let count = 0
  for (const { name, bytes } of REAL) {
    const { records } = await split(splitPubmedXml, chunks(bytes))
    for (const record of records) {
      if (name.startsWith('bioperl') && textOfRecord(record).includes('NCBIArticle')) continue
      expect(lostIn(record), name).toEqual([])
      count++
    }
  }
  expect(count).toBeGreaterThan(800)
})
