import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

/** A descriptor with what MeSH's tables say of it. */
export interface TabledDescriptor {
  readonly ui: string
  readonly name: string
  readonly treeNumbers: string[]
  readonly terms: string[]
}

/**
 * The descriptors of MeSH 2024, from its tables of terms and places among the fixtures. Their table of places lacks
 * nearly all one-level numbers, which come from the tree file of 2022.
 */
export async function tabledDescriptors(fixtures: string): Promise<readonly TabledDescriptor[]> {
  const folder = path.join(fixtures, 'mesh')
  const byUi = new Map<string, TabledDescriptor>()
  for await (const [ui = '', name = '', , , term = ''] of table(path.join(folder, 'mesh2024_terms.tsv.gz'))) {
    const descriptor = byUi.get(ui) ?? { ui, name, treeNumbers: [], terms: [] }
    byUi.set(ui, descriptor)
    descriptor.terms.push(term)
  }
  const taken = new Set<string>()
  const place = (descriptor: TabledDescriptor | undefined, number: string) => {
    if (descriptor === undefined || taken.has(number) || !/^[A-Z]\d\d(\.\d{3})*$/.test(number)) return
    taken.add(number)
    descriptor.treeNumbers.push(number)
  }
  for await (const [ui = '', , number = ''] of table(path.join(folder, 'mesh2024_trees.tsv.gz')))
    place(byUi.get(ui), number)
  const byName = new Map([...byUi.values()].map((descriptor) => [descriptor.name, descriptor]))
  for await (const line of createInterface({ input: createReadStream(path.join(folder, 'mtrees2022.bin')) })) {
    const [name = '', number = ''] = line.split(';')
    if (/^[A-Z]\d\d$/.test(number)) place(byName.get(name), number)
  }
  return [...byUi.values()]
}

async function* table(file: string): AsyncGenerator<string[]> {
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()) })
  let first = true
  for await (const line of lines) {
    if (!first) yield line.split('\t')
    first = false
  }
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Qualifiers that fill records up to the size that NLM's have, some ten kilobytes; nothing reads them. */
const FILLING = Array.from(
  { length: 24 },
  (_, index) => `   <AllowableQualifier>
    <QualifierReferredTo>
     <QualifierUI>Q${String(index + 1).padStart(6, '0')}</QualifierUI>
      <QualifierName>
      <String>qualifier ${index + 1}</String>
      </QualifierName>
    </QualifierReferredTo>
    <Abbreviation>AA</Abbreviation>
   </AllowableQualifier>
`,
).join('')

/** Descriptors as NLM's XML has them, record by record. The same tables give the same bytes. */
export function* descriptorXml(descriptors: readonly TabledDescriptor[]): Generator<string> {
  yield `<?xml version="1.0"?>
<!DOCTYPE DescriptorRecordSet SYSTEM "https://www.nlm.nih.gov/databases/dtd/nlmdescriptorrecordset_20240101.dtd">
<DescriptorRecordSet LanguageCode = "eng">
`
  for (const { ui, name, treeNumbers, terms } of descriptors) {
    const numbers = treeNumbers.map((number) => `   <TreeNumber>${number}</TreeNumber>\n`).join('')
    const list = terms
      .map(
        (
          term,
          index,
        ) => `     <Term  ConceptPreferredTermYN="${index === 0 ? 'Y' : 'N'}"  IsPermutedTermYN="N"  LexicalTag="NON"  RecordPreferredTermYN="${index === 0 ? 'Y' : 'N'}">
      <TermUI>T${String(index).padStart(6, '0')}</TermUI>
      <String>${escaped(term)}</String>
      <DateCreated>
       <Year>1999</Year>
       <Month>01</Month>
       <Day>01</Day>
      </DateCreated>
     </Term>
`,
      )
      .join('')
    yield `<DescriptorRecord DescriptorClass = "1">
  <DescriptorUI>${ui}</DescriptorUI>
  <DescriptorName>
   <String>${escaped(name)}</String>
  </DescriptorName>
  <AllowableQualifiersList>
${FILLING}  </AllowableQualifiersList>
  <TreeNumberList>
${numbers}  </TreeNumberList>
  <ConceptList>
   <Concept PreferredConceptYN="Y">
    <ConceptUI>M0000001</ConceptUI>
    <ConceptName>
     <String>${escaped(name)}</String>
    </ConceptName>
    <ScopeNote>What ${escaped(name)} means.
    </ScopeNote>
    <TermList>
${list}    </TermList>
   </Concept>
  </ConceptList>
</DescriptorRecord>
`
  }
  yield '</DescriptorRecordSet>\n'
}

/** The same descriptors as NLM's ASCII file has them. */
export function* descriptorAscii(descriptors: readonly TabledDescriptor[]): Generator<string> {
  for (const { ui, name, treeNumbers, terms } of descriptors)
    yield [
      '*NEWRECORD',
      'RECTYPE = D',
      `MH = ${name}`,
      'AQ = AA AD AE',
      ...terms
        .filter((term) => term !== name)
        .map((term, index) => (index === 0 ? `PRINT ENTRY = ${term}|T109|NON|EQV` : `ENTRY = ${term}`)),
      ...treeNumbers.map((number) => `MN = ${number}`),
      `MS = What ${name} means.`,
      `UI = ${ui}`,
      '',
      '',
    ].join('\n')
}
