import { beforeAll, describe, expect, test } from 'vitest'
import { EFFECT_COLUMNS, effectMeasures } from '../../src/index.ts'
import { readCsv } from '../read-csv.ts'
import { evibase, seededDatabase } from '../scratch.ts'

let db = ''
beforeAll(async () => {
  db = (await seededDatabase()).url
})
const effects = (...args: string[]) => evibase(['effects', ...args], { db })

describe('evibase effects', () => {
  test('prints effect sizes, with what they were made with told by --verbose', async () => {
    const { code, stdout, stderr } = await effects(
      ...[
        '--measure',
        'RD',
        '--like',
        'metafor',
        '--outcome',
        'Alive',
        '--level',
        '0.9',
        '--format',
        'csv',
        '--verbose',
      ],
    )
    expect(code).toBe(0)
    expect(stderr).toContain('measure RD; add 0.5; to only0; drop00 false; vtype LS; level 0.9;')
    expect(stdout.split('\n')[0]).toBe(Object.keys(EFFECT_COLUMNS).join(','))
    // metafor 3.8-1: RD of 5.5/29 and 0.5/27.
    expect(readCsv(stdout)).toMatchObject([{ measure: 'RD', yi: '0.17113665389527458', correction: '0.5' }])
  })

  test('as a table, with as many digits as one compares', async () => {
    const { stdout } = await effects('--measure', 'SMD', '--list', '--json')
    expect(JSON.parse(stdout)).toEqual(effectMeasures())
    expect((await effects('--measure', 'OR', '--outcome', 'Alive')).stdout).toMatch(/│ +2\.518 │ +2\.2621 │ +1\.504 │/)
  })

  test('says what is wrong with the question', async () => {
    expect(await effects()).toMatchObject({ code: 2, stderr: expect.stringContaining('--measure RR') })
  })
})
