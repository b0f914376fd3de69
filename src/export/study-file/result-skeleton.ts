import { arm } from '../../model/study-file/groups.ts'
import { outcome } from '../../model/study-file/results.ts'
import { studyFileSchema } from '../../model/study-file.ts'
import { firstFree } from './file-names.ts'
import { fillIn, todo } from './fill-in.ts'
import { inlineText } from './yaml-text.ts'

const about = (key: keyof typeof studyFileSchema.shape) => `${key}: # ${studyFileSchema.shape[key].description}`

/** Arms, groups and numbers of a file to be filled in; without arms as comments that show how. */
export function resultSkeleton(labels: readonly string[], section: string): readonly string[] {
  if (labels.length === 0) {
    const shown = resultLines(['New treatment', 'Usual treatment'], section).map((line) =>
      line === '' ? '' : `# ${line}`,
    )
    return ['# Who was compared, and what happened: take the marks away and put in the names of your arms.', ...shown]
  }
  return resultLines(labels, section)
}

function resultLines(labels: readonly string[], section: string): readonly string[] {
  const arms = withCodes(labels)
  const [first, ...others] = arms
  const all = firstFree('all', new Set(arms.map(({ code }) => code)))
  return [
    about('quotes'),
    '  - code: result',
    `    section: ${section}`,
    `    words: ${todo('the exact words that give the numbers (words: >- and the text below it); one entry for each passage')}`,
    '',
    `# conditions: # ${studyFileSchema.shape.conditions.description}`,
    '#   - { code: melanoma, name: Melanoma }',
    `# eligibility: # ${studyFileSchema.shape.eligibility.description}`,
    '#   - { kind: inclusion, text: Adults with melanoma }',
    `# interventions: # ${studyFileSchema.shape.interventions.description}`,
    '#   - { code: drug, name: A drug, kind: drug }',
    '',
    about('arms'),
    ...arms.flatMap(({ code, label }) => [
      `  - code: ${code}`,
      `    label: ${inlineText(label)}`,
      fillIn('role', arm.shape.role, 4),
      `    # printed_as: # ${arm.shape.printed_as.description}`,
    ]),
    '',
    about('analysis_sets'),
    '  - { code: randomised, kind: randomised, label: randomised }',
    '  # - { code: treated, kind: treated, label: treated }',
    '',
    about('groups'),
    ...(arms.length < 2
      ? []
      : [`  - { code: ${all}, label: All arms together, arms: [${arms.map(({ code }) => code).join(', ')}] }`]),
    ...arms.map(({ code, label }) => `  - { code: ${code}, label: ${inlineText(label, 'flow')}, arms: [${code}] }`),
    ...(others.length === 0
      ? []
      : [
          '',
          `${about('comparisons')} The first arm is taken for the experimental one.`,
          ...others.map(
            ({ code }) =>
              `  - { code: ${others.length === 1 ? 'main' : `${first?.code}-v-${code}`.slice(0, 60).replace(/-+$/, '')}, experimental: ${first?.code}, reference: ${code} }`,
          ),
        ]),
    '',
    about('enrolment'),
    ...arms.flatMap(({ code }) => [
      `  - group: ${code}`,
      '    analysis_set: randomised',
      `    participants: ${todo('how many, or { missing: not_reported } without the quotes below')}`,
      ...numberQuotes(['participants'], 4),
    ]),
    '',
    '# follow_up, flow, baseline and timepoints: seeds/studies/rosenberg-1993-il2-lak.yaml shows how.',
    '',
    about('outcomes'),
    `  - code: ${todo('a short name in lower case, such as: complete-response')}`,
    ...(['label', 'kind', 'role', 'direction'] as const).map((key) => fillIn(key, outcome.shape[key], 4)),
    `    measurements: # ${outcome.shape.measurements.description}`,
    ...arms.flatMap(({ code }) => [
      `      - group: ${code}`,
      '        analysis_set: randomised',
      `        events: ${todo('participants with the event; of a continuous outcome mean, sd and total in its place')}`,
      `        total: ${todo('participants who could have had it')}`,
      ...numberQuotes(['events', 'total'], 8),
    ]),
    '    # analyses: # estimates, intervals and p values of comparisons',
    '',
    `# adverse_events: # ${studyFileSchema.shape.adverse_events.description}`,
    '#   - { code: death, term: Death, fatal: true, counts: [{ group: all, missing: not_reported }] }',
  ]
}

function numberQuotes(fields: readonly string[], indent: number): readonly string[] {
  const margin = ' '.repeat(indent)
  return [
    `${margin}quotes:`,
    ...fields.flatMap((field) => [
      `${margin}  - field: ${field}`,
      `${margin}    role: ${field === 'total' ? 'denominator' : 'value'}`,
      `${margin}    quote: result`,
      `${margin}    span: ${todo(`the ${field} exactly as the quote prints it, in quotes: "12" or "twelve"`)}`,
    ]),
  ]
}

/** Labels with codes made of their letters: IL-2 plus LAK becomes il-2-plus-lak. */
function withCodes(labels: readonly string[]): readonly { readonly code: string; readonly label: string }[] {
  const taken = new Set<string>()
  return labels.map((label, index) => {
    const letters = label
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
    const code = firstFree(letters === '' ? `arm-${index + 1}` : letters, taken)
    taken.add(code)
    return { code, label }
  })
}
