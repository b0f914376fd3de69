import { EvidenceError, type FileIssue } from '../../errors.ts'

/** No study that a person writes comes near this; of the worst text of this size the parser makes a gigabyte. */
export const LARGEST_FILE = 2 * 1024 * 1024
/** More mistakes than a person reads; the error's details have all of them. */
const MOST_LISTED = 100

/** The error for a file with mistakes: all of them, one a line, as an editor can jump to them. */
export function invalidFile(file: string, issues: readonly FileIssue[]): EvidenceError {
  const count = issues.length === 1 ? 'one mistake' : `${issues.length} mistakes`
  const list = issues
    .slice(0, MOST_LISTED)
    .map((issue) => `${issue.file}:${issue.line}:${issue.column}: ${issue.message}`)
  if (issues.length > MOST_LISTED) list.push(`… and ${issues.length - MOST_LISTED} more`)
  return new EvidenceError('STUDY_FILE_INVALID', `${file} has ${count}; nothing was loaded.\n${list.join('\n')}`, {
    issues,
  })
}

/** The error for a file of more than {@link LARGEST_FILE} bytes, which can be told before it is read. */
export const tooLarge = (file: string, size: number, what = 'study'): EvidenceError =>
  invalidFile(file, [
    {
      file,
      line: 1,
      column: 1,
      message: `the file has ${size} bytes; a ${what} file has at most ${LARGEST_FILE}`,
    },
  ])
