import type { AppraisalVocabulary } from '../../model/appraisal-vocabulary.ts'
import type { StudyFile } from '../../model/study-file.ts'
import type { StudyRows, VocabularyRows } from '../../model/study-record.ts'
import { type FactRow, factRows, isHole } from './fact-rows.ts'
import type { Draft } from './shape.ts'
import type { DocumentPath, Issue } from './yaml-document.ts'

type Entry = NonNullable<StudyFile['risk_of_bias']>[number]
type Vocabularies = readonly AppraisalVocabulary[]

/** Judgements that no vocabulary knows, on nothing that the file has, or given twice. */
export function riskOfBiasIssues(file: Draft<StudyFile>, vocabularies: Vocabularies): Issue[] {
  const targets = targetsOf(file)
  const seen = new Set<string>()
  return (file.risk_of_bias ?? []).flatMap((entry, index): Issue[] => {
    if (!entry) return []
    const path = ['risk_of_bias', index]
    const issues = [...vocabularyIssues(entry, path, vocabularies), ...targetIssues(file, entry, path, targets)]
    const { tool, domain, version = '', on = '', assessor = '' } = entry
    if (tool === undefined || domain === undefined || ['version', 'on', 'assessor'].some((key) => isHole(entry, key)))
      return issues
    const known = vocabularyOf(tool, entry.version, vocabularies)
    const key = JSON.stringify([known?.tool.id ?? `${tool}/${version}`, domain, on, assessor])
    if (seen.has(key))
      issues.push({
        path: [...path, 'domain'],
        message: `the domain "${domain}" is judged twice ${on === '' ? 'for the study as a whole' : `for "${on}"`}${assessor === '' ? '' : ` by ${assessor}`}; expected it once`,
      })
    seen.add(key)
    return issues
  })
}

function vocabularyIssues(entry: Draft<Entry>, path: DocumentPath, vocabularies: Vocabularies): Issue[] {
  const { tool, version, domain, judgement } = entry
  if (tool === undefined || isHole(entry, 'version')) return []
  const versions = vocabularies.filter((vocabulary) => vocabulary.tool.code === tool).map((known) => known.tool.version)
  if (versions.length === 0) {
    const codes = [...new Set(vocabularies.map((vocabulary) => vocabulary.tool.code))]
    const expected = codes.length === 0 ? 'no vocabulary is at hand' : `expected one of: ${codes.join(', ')}`
    return [{ path: [...path, 'tool'], message: `no tool has the code "${tool}"; ${expected}` }]
  }
  const known = vocabularyOf(tool, version, vocabularies)
  if (!known)
    return [
      {
        path: [...path, 'version'],
        message: `${tool} has no version "${version}"; expected one of: ${versions.join(', ')}`,
      },
    ]
  const closed = (field: string, given: string | undefined, list: readonly { readonly code: string }[]): Issue[] =>
    given === undefined || list.some(({ code }) => code === given)
      ? []
      : [
          {
            path: [...path, field],
            message: `${tool} has no ${field} "${given}"; expected one of: ${list.map(({ code }) => code).join(', ')}`,
          },
        ]
  return [...closed('domain', domain, known.domains), ...closed('judgement', judgement, known.judgements)]
}

/** The vocabulary of a tool: of the version that is asked for, else the newest. */
function vocabularyOf(
  tool: string,
  version: string | undefined,
  vocabularies: Vocabularies,
): AppraisalVocabulary | undefined {
  const versions = vocabularies.filter((vocabulary) => vocabulary.tool.code === tool)
  if (version !== undefined) return versions.find((vocabulary) => vocabulary.tool.version === version)
  // Versions are dates, and so in the order of their letters.
  return versions.reduce<AppraisalVocabulary | undefined>(
    (newest, next) => (newest === undefined || newest.tool.version < next.tool.version ? next : newest),
    undefined,
  )
}

type Target = Pick<StudyRows['riskOfBias'][number], 'outcomeId' | 'outcomeMeasurementId' | 'outcomeAnalysisId'>
const WHOLE_STUDY: Target = { outcomeId: null, outcomeMeasurementId: null, outcomeAnalysisId: null }

interface Targets {
  readonly outcomes: ReadonlySet<string>
  /** Measurements and analyses by their refs. */
  readonly rows: ReadonlyMap<string, FactRow>
}

function targetsOf(file: Draft<StudyFile>): Targets {
  const rows = new Map<string, FactRow>()
  for (const row of factRows(file))
    if (row.values.ref !== undefined && ['outcome_measurement', 'outcome_analysis'].includes(row.table))
      rows.set(row.values.ref, row)
  const outcomes = (file.outcomes ?? []).flatMap((outcome) => (outcome?.code === undefined ? [] : [outcome.code]))
  return { outcomes: new Set(outcomes), rows }
}

function targetIssues(
  file: Draft<StudyFile>,
  { on }: Draft<Entry>,
  path: DocumentPath,
  { outcomes, rows }: Targets,
): Issue[] {
  if (on === undefined) return []
  const at = (message: string): Issue[] => [{ path: [...path, 'on'], message }]
  if (outcomes.has(on) && rows.has(on))
    return at(`"${on}" is an outcome and also the ref of one of its entries; give the entry another ref`)
  if (outcomes.has(on) || rows.has(on)) return []
  // One of those that couldn't be read may be the one that is meant.
  const unread =
    isHole(file, 'outcomes') ||
    (file.outcomes ?? []).some(
      (outcome) =>
        outcome?.code === undefined ||
        [...(outcome.measurements ?? []), ...(outcome.analyses ?? [])].some((entry) => isHole(entry, 'ref')),
    )
  if (unread) return []
  const known = [...outcomes, ...rows.keys()]
  return at(
    `no outcome has the code, and no measurement or analysis the ref "${on}"; ${known.length === 0 ? 'the file defines none' : `expected one of: ${known.join(', ')}`}`,
  )
}

/** The judgements of a checked file, each with the keys of what it is about. */
export function riskOfBiasRows(file: StudyFile, vocabularies: Vocabularies): StudyRows['riskOfBias'] {
  const studyId = file.study.slug
  const targets = targetsOf(file)
  const keys = factRows(file).filter((row) => row.table === 'risk_of_bias')
  return (file.risk_of_bias ?? []).map((entry, index) => {
    const toolId = checkedTool(entry, vocabularies).tool.id
    return {
      id: `${studyId}/${keys[index]?.key}`,
      studyId,
      toolId,
      domainId: `${toolId}/${entry.domain}`,
      judgement: `${toolId}/${entry.judgement}`,
      ...targetKeys(studyId, entry.on, targets),
      support: entry.support ?? null,
      assessor: entry.assessor ?? null,
    }
  })
}

function targetKeys(studyId: string, on: string | undefined, { outcomes, rows }: Targets): Target {
  if (on === undefined) return WHOLE_STUDY
  if (outcomes.has(on)) return { ...WHOLE_STUDY, outcomeId: `${studyId}/${on}` }
  const row = rows.get(on)
  const key = row?.table === 'outcome_measurement' ? 'outcomeMeasurementId' : 'outcomeAnalysisId'
  return { ...WHOLE_STUDY, [key]: `${studyId}/${row?.key}` }
}

/** The whole vocabularies that a checked file uses, so that a database that has never seen them gets them with it. */
export function appraisalRows(
  file: StudyFile,
  vocabularies: Vocabularies,
): Pick<VocabularyRows, 'appraisalTool' | 'appraisalDomain' | 'appraisalJudgement'> {
  const used = [...new Set((file.risk_of_bias ?? []).map((entry) => checkedTool(entry, vocabularies)))]
  return {
    appraisalTool: used.map(({ tool }) => tool),
    appraisalDomain: used.flatMap(({ domains }) => domains),
    appraisalJudgement: used.flatMap(({ judgements }) => judgements),
  }
}

// The file was checked before its rows are made: tools that aren't there have been reported.
function checkedTool({ tool, version }: Entry, vocabularies: Vocabularies): AppraisalVocabulary {
  const found = vocabularyOf(tool, version, vocabularies)
  if (!found) throw new Error(`unchecked tool: ${tool}`)
  return found
}
