import type { AppraisalVocabulary } from '../model/appraisal-vocabulary.ts'
import { type VocabularyFile, vocabularyFileSchema } from '../model/vocabulary-file.ts'
import { invalidFile } from './study-file/invalid-file.ts'
import { type Draft, readShape } from './study-file/shape.ts'
import { type Issue, readYaml } from './study-file/yaml-document.ts'

/**
 * Reads a vocabulary file: a tool with its domains in order, and the judgements that it allows from the least bias to
 * the most.
 *
 * @param bytes  the file's content
 * @param file   the file's name, as messages should give it
 * @throws EvidenceError STUDY_FILE_INVALID  with every mistake of the file, each with line and column
 */
export function readVocabulary(bytes: Uint8Array, file: string): AppraisalVocabulary {
  const document = readYaml(bytes, file, 'vocabulary')
  const shape = readShape(vocabularyFileSchema, document.value)
  const issues = [...shape.issues, ...mistakes('file' in shape ? shape.file : shape.draft)]
  if (issues.length > 0 || !('file' in shape)) throw invalidFile(file, document.place(issues))
  const { vocabulary, domains, judgements } = shape.file
  const toolId = `${vocabulary.code}/${vocabulary.version}`
  return {
    tool: {
      id: toolId,
      code: vocabulary.code,
      version: vocabulary.version,
      name: vocabulary.name,
      appliesTo: vocabulary.applies_to,
      citation: vocabulary.citation,
      doi: vocabulary.doi ?? null,
    },
    domains: domains.map((domain, index) => ({
      id: `${toolId}/${domain.code}`,
      toolId,
      position: index + 1,
      code: domain.code,
      label: domain.label,
      overall: domain.overall ?? false,
    })),
    judgements: judgements.map((judgement, index) => ({
      id: `${toolId}/${judgement.code}`,
      toolId,
      position: index + 1,
      code: judgement.code,
      label: judgement.label,
      severity: judgement.severity ?? null,
    })),
  }
}

function mistakes(file: Draft<VocabularyFile>): Issue[] {
  const issues: Issue[] = []
  for (const list of ['domains', 'judgements'] as const) {
    const seen = new Set<string>()
    for (const [index, entry] of (file[list] ?? []).entries()) {
      if (entry?.code === undefined) continue
      if (seen.has(entry.code))
        issues.push({ path: [list, index, 'code'], message: `"${entry.code}" is given twice; expected each only once` })
      seen.add(entry.code)
    }
  }
  const overall = (file.domains ?? []).flatMap((domain, index) => (domain?.overall ? [index] : []))
  for (const index of overall.slice(1))
    issues.push({ path: ['domains', index, 'overall'], message: 'a second overall judgement; expected one at most' })
  let least = 0
  for (const [index, judgement] of (file.judgements ?? []).entries()) {
    if (judgement?.severity === undefined) continue
    if (judgement.severity <= least)
      issues.push({
        path: ['judgements', index, 'severity'],
        message: `severity ${judgement.severity} after ${least}; expected judgements from the least bias to the most`,
      })
    least = Math.max(least, judgement.severity)
  }
  return issues
}
