import { describe, expect, test } from 'vitest'
import { FAILED_VERDICTS, type Verdict } from '../../src/index.ts'
import { evibase, seededDatabase } from '../scratch.ts'

const STUDY = 'rosenberg-1993-il2-lak'
const trace = async (sql: string) => {
  const { url, exec } = await seededDatabase()
  await exec(sql)
  return evibase(['trace', STUDY, '--json'], { db: url })
}

describe('evibase trace', () => {
  test('exits 0 where all is as it was read', async () => {
    const { code, stderr } = await trace('SELECT 1')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test.each([
    {
      what: 'words of a quote',
      sql: `UPDATE quote SET words = 'None of 27' WHERE id = '${STUDY}/melanoma-alive'`,
      verdict: 'not_found' as const,
    },
    {
      what: 'a value behind a formula',
      sql: `UPDATE outcome_measurement SET events = 5 WHERE id = '${STUDY}/m00002'`,
      verdict: 'not_derived' as const,
    },
  ])('exits 1 after an edit of $what, and still prints every row', async ({ sql, verdict }) => {
    const { code, stdout, stderr } = await trace(sql)
    const rows = JSON.parse(stdout) as { verdict: Verdict }[]
    const failed = rows.filter((row) => FAILED_VERDICTS.includes(row.verdict)).length
    expect(code).toBe(1)
    expect(rows.map((row) => row.verdict)).toContain(verdict)
    expect(stderr).toBe(`${failed} of ${rows.length} sources failed; the column problem says why.\n`)
  })
})
