import { ARMS } from '../../queries/extract-arms.ts'
import { EFFECTS_INPUT, type EffectInputRow } from '../../queries/extract-effects-input.ts'
import type { ChoiceName, ExtractionChoices } from '../../queries/extraction/choices.ts'
import { Notes } from '../../queries/extraction/notes.ts'
import type { Transaction } from '../../queries/selection.ts'
import { csvFile, mapped } from '../csv-file.ts'
import type { ExportFile, ExportTarget } from '../export-target.ts'
import { footnotesOf } from '../revman/footnotes.ts'
import { measureCalled } from '../revman/measures.ts'
import { biasFile, biasItems, tellOtherTools } from '../revman/risk-of-bias.ts'
import { studyInformationFile } from '../revman/study-files.ts'
import { withNames } from '../revman/study-pages.ts'
import { type ArmRow, armsOnce } from './arm-pages.ts'
import type { Labelled } from './pair-pages.ts'

/** Merging arms and dividing a control are RevMan's to do here. */
const HEEDS: readonly ChoiceName[] = [
  ...(['studies', 'review', 'outcomes', 'analysisSets', 'time', 'arms', 'derived', 'asPrinted', 'prefer'] as const),
]

/** Of the tools that RevMan Web knows, the first judges studies, the second results. */
const TOOLS = [
  { name: 'risk-of-bias-1.csv', tool: 'rob-1', perResult: false },
  { name: 'risk-of-bias-2.csv', tool: 'rob-2', perResult: true },
] as const

/**
 * What RevMan Web imports for study-centric data: studies, their arms, the results of arms and the studies' own estimates
 * of contrasts, and risk of bias. RevMan decides which of both results is pooled, and so both are there, unless the
 * choices prefer one. The headers are after RevMan's descriptions and were not held against its templates.
 */
export const STUDY_CENTRIC: ExportTarget = {
  heeds: HEEDS,
  async *files(db, choices, listener) {
    const notes = new Notes()
    yield studyInformationFile('study-information.csv', db, choices)
    yield armsFile(db, choices)
    yield resultsFile(db, choices, notes)
    const judged = []
    for (const one of TOOLS) if ((await biasItems(db, choices, one.tool)).length > 0) judged.push(one)
    for (const one of judged.length > 0 ? judged : TOOLS.slice(0, 1)) yield await biasFile(db, choices, one, notes)
    await tellOtherTools(
      db,
      choices,
      TOOLS.map(({ tool }) => tool),
      notes,
    )
    listener?.leftOut(notes.told)
  },
}

function armsFile(db: Transaction, { studies, review }: ExtractionChoices): ExportFile {
  const pages = ARMS.pages(db, { ...(studies && { studies }), ...(review !== undefined && { review }) })
  return csvFile(
    'study-arms.csv',
    ['Study', 'Arm', 'Intervention'],
    mapped(withNames(db, pages), (rows) =>
      // An arm has a row for each analysis set.
      [...new Map(rows.map((row) => [`${row.study}/${row.arm}`, row])).values()].map(
        ({ name, label, interventions }) => ({ Study: name, Arm: label, Intervention: interventions }),
      ),
    ),
  )
}

const resultsFile = (db: Transaction, choices: ExtractionChoices, told: Notes): ExportFile =>
  csvFile(
    'study-results.csv',
    [
      ...(['Study', 'Outcome', 'Timepoint', 'Subgroup', 'Participants', 'Data level', 'Arm', 'Control arm'] as const),
      ...(['Cases', 'N', 'Mean', 'SD', 'Person-years', 'Effect measure', 'Log-scale data', 'GIV Mean'] as const),
      ...(['GIV SE', 'CI start', 'CI end', 'CI level', 'Footnotes'] as const),
    ],
    results(db, choices, told),
  )

async function* results(
  db: Transaction,
  choices: ExtractionChoices,
  told: Notes,
): AsyncGenerator<readonly ResultRow[]> {
  const asked = { ...choices, arms: choices.arms ?? ('all pairs' as const) }
  const preferences = choices.prefer === undefined ? (['only arm', 'only contrast'] as const) : [choices.prefer]
  for (const prefer of preferences) {
    const pages = EFFECTS_INPUT.pages(db, { ...asked, prefer })
    yield* mapped(withNames(db, pages), (rows) => {
      const named = rows.map(({ name, ...row }) => ({ ...row, label: name }))
      const ofArms = named.filter(({ data }) => data !== 'contrast')
      const contrasts = named.filter(({ data }) => data === 'contrast')
      return [...armsOnce(ofArms).map(armResult), ...contrasts.map((row) => contrastResult(row, choices))]
    })
    told.add(pages.metadata.notes)
  }
}

type ResultRow = Readonly<Record<string, string | number | boolean | null>>

const armResult = (row: ArmRow): ResultRow => ({
  ...{ Study: row.label, Outcome: row.outcome, Timepoint: row.timepoint, Subgroup: row.subgroup },
  ...{ Participants: row.analysis_set, 'Data level': 'Arm level', Arm: row.arm, Cases: row.events, N: row.n },
  ...{ Mean: row.mean, SD: row.sd, 'Person-years': row.person_years },
  Footnotes: row.derived ? 'A formula made a number of this row or of the group beside it, and not the study' : null,
})

function contrastResult(row: Labelled<EffectInputRow>, choices: ExtractionChoices): ResultRow {
  return {
    ...{ Study: row.label, Outcome: row.outcome, Timepoint: row.timepoint, Subgroup: row.subgroup },
    ...{ Participants: row.analysis_set, 'Data level': 'Contrast level', Arm: row.experimental },
    ...{ 'Control arm': row.control, 'Effect measure': row.measure === null ? null : measureCalled(row.measure).label },
    ...{ 'Log-scale data': row.log, 'GIV Mean': row.yi, 'GIV SE': row.sei, 'CI start': row.ci_lower },
    ...{ 'CI end': row.ci_upper, 'CI level': row.ci_level, Footnotes: footnotesOf(row, choices).join('. ') || null },
  }
}
