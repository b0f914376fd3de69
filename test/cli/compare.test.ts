import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { StudyFile } from '../../src/model/study-file.ts'
import { coded, entry, seedFile } from '../db/study-variants.ts'
import { evibase, ROOT, scratchPath } from '../scratch.ts'

const folder = scratchPath('compare')
const write = (name: string, role: StudyFile['extractions'][number]['role'], change: (file: StudyFile) => void) => {
  const file = seedFile()
  file.extractions = [{ role, by: name, date: '2026-11-23' }]
  change(file)
  writeFileSync(path.join(folder, `${name}.yaml`), stringify(file, { aliasDuplicateObjects: false }))
}
const compare = (...args: readonly string[]) => evibase(['compare', ...args], { cwd: folder })

const withoutAlive = (file: StudyFile) => {
  file.outcomes = file.outcomes?.filter(({ code }) => code !== 'alive')
}
const asAnna = () => undefined
const asBob = (file: StudyFile) => {
  withoutAlive(file)
  entry(file.enrolment, (size) => size.group === 'il2' && size.analysis_set === 'treated').participants = {
    missing: 'not_reported',
  }
  coded(file.outcomes, 'survival').direction = 'unclear'
}

beforeAll(() => {
  mkdirSync(folder)
  write('Anna', 'first', asAnna)
  write('Bob', 'second', asBob)
  write('agreed', 'consensus', (file) => {
    coded(file.outcomes, 'survival').direction = 'unclear'
  })
  write('half', 'consensus', (file) => {
    withoutAlive(file)
    file.outcomes = file.outcomes?.filter(({ code }) => code !== 'survival')
    file.study.allocation = 'non_randomised'
  })
  write('Annas-other', 'second', (file) => {
    file.extractions = [{ role: 'second', by: 'Anna', date: '2026-11-23' }]
  })
  write('other-study', 'second', (file) => {
    file.study.slug = 'other-2001'
  })
})

describe('compare', () => {
  test('prints what two extractors have otherwise, side by side, and says how far they agree', async () => {
    const { code, stdout, stderr } = await compare('Anna.yaml', 'Bob.yaml', '--format', 'csv')
    expect(code).toBe(1)
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'table,row,field,a,b,consensus,agreement,settled',
      'enrolment,il2 / treated,missing,[not split by arm],[not reported],,differ,',
      'outcome,alive,label,Alive,,,only_a,',
      'outcome,alive,kind,dichotomous,,,only_a,',
    ])
    expect(stdout).toContain('outcome,survival,direction,benefit,unclear,,differ,\n')
    expect(stdout).toContain('outcome_measurement,alive / melanoma-il2 / not-stated / at-report,events,0,,,only_a,\n')
    expect(stdout).not.toContain(',agree,')
    const shown = /^\$ evibase compare .*\n([^`]*)/m.exec(readFileSync(path.join(ROOT, 'README.md'), 'utf8'))?.[1] ?? ''
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(shown.split('\n')))
    expect(shown.split('\n').length).toBeGreaterThan(3)
    expect(stderr).toContain('a: Anna.yaml (first, Anna, 2026-11-23)\nb: Bob.yaml (second, Bob, 2026-11-23)\n')
    expect(stderr).toContain('outcome.direction: 4 of 5 agree (80%), kappa 0; only in a 1, only in b 0\n')
    expect(stderr).toContain('arm.role: 2 of 2 agree (100%), kappa 1\n')
    expect(stderr).toContain(
      'study.type: 1 of 1 agree (100%), kappa not estimable: both gave one and the same value throughout\n',
    )
    const [, agreed, compared, alone] =
      /\n(\d+) of (\d+) values of rows that both have agree .* (\d+) values stand/.exec(stderr) ?? []
    expect([Number(compared) - Number(agreed), Number(alone)]).toEqual([2, stdout.split(',only_a,').length - 1])
    expect(stderr).not.toContain('NaN')
  })

  test('prints percent and kappa of each field with --summary', async () => {
    const { code, stdout, stderr } = await compare('Anna.yaml', 'Bob.yaml', '--summary', '--json')
    expect(code).toBe(1)
    const rows: Record<string, unknown>[] = JSON.parse(stdout)
    expect(rows.find(({ field }) => field === 'outcome.direction')).toEqual({
      field: 'outcome.direction',
      compared: 5,
      agreed: 4,
      percent: 80,
      kappa: 0,
      not_estimable: null,
      only_a: 1,
      only_b: 0,
    })
    expect(stderr).not.toContain('outcome.direction')
  })

  test('prints agreements as well with --all, and words with --quotes', async () => {
    const all = await compare('Anna.yaml', 'Bob.yaml', '--all', '--json')
    const rows: Record<string, unknown>[] = JSON.parse(all.stdout)
    expect(rows.filter(({ agreement }) => agreement === 'agree').length).toBeGreaterThan(150)
    expect(rows.some(({ field }) => field === 'quotes')).toBe(false)
    const quotes = await compare('Anna.yaml', 'Bob.yaml', '--all', '--quotes', '--json')
    expect(JSON.parse(quotes.stdout)).toContainEqual(expect.objectContaining({ field: 'quotes', agreement: 'agree' }))
  })

  test('has nothing to print of two files that agree', async () => {
    const { code, stdout, stderr } = await compare('Anna.yaml', 'Annas-other.yaml', '--json')
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' })
    expect(stderr).toContain('Both are by Anna: this is no agreement of two people.\n')
  })
})

describe('compare with a consensus', () => {
  test('shows how each disagreement was settled', async () => {
    const { code, stdout, stderr } = await compare('Anna.yaml', 'Bob.yaml', '--consensus', 'agreed.yaml', '--json')
    expect(code).toBe(0)
    const rows: Record<string, unknown>[] = JSON.parse(stdout)
    expect(rows.find(({ field, row }) => row === 'survival' && field === 'direction')).toMatchObject({
      consensus: 'unclear',
      agreement: 'differ',
      settled: 'b',
    })
    expect(rows.filter(({ settled }) => settled === 'a').length).toBe(rows.length - 1)
    expect(stderr).toMatch(/\nThe consensus settles 14 of 14 disagreements; nothing is unsettled\.\n$/)
  })

  test('leaves open what the consensus lacks', async () => {
    const { code, stdout, stderr } = await compare('Anna.yaml', 'Bob.yaml', '--consensus', 'half.yaml', '--json')
    expect(code).toBe(1)
    const rows: Record<string, unknown>[] = JSON.parse(stdout)
    expect(rows.find(({ field, row }) => row === 'survival' && field === 'direction')).toMatchObject({
      consensus: null,
      settled: 'unsettled',
    })
    expect(rows.find(({ field }) => field === 'allocation')).toMatchObject({
      a: 'randomised',
      b: 'randomised',
      consensus: 'non_randomised',
      agreement: 'agree',
      settled: 'neither',
    })
    expect(stderr).toContain('It has 1 value otherwise than both.\n')
  })

  test('says so when the file is no consensus', async () => {
    const { stderr } = await compare('Anna.yaml', 'Bob.yaml', '--consensus', 'Bob.yaml', '--json')
    expect(stderr).toContain('Bob.yaml names no extraction with the role "consensus".\n')
  })
})

describe('what can’t be compared', () => {
  test('files of two studies', async () => {
    expect(await compare('Anna.yaml', 'other-study.yaml')).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'Anna.yaml is of the study "rosenberg-1993-il2-lak", and other-study.yaml of "other-2001"; only files of one study can be compared. Give both the same slug, if they are.\n',
    })
  })

  test('a file that isn’t there', async () => {
    expect(await compare('Anna.yaml', 'nobody.yaml')).toMatchObject({ code: 1, stdout: '' })
  })

  test('a file with mistakes', async () => {
    writeFileSync(path.join(folder, 'bad.yaml'), 'format: 1\n')
    const { code, stdout, stderr } = await compare('Anna.yaml', 'bad.yaml')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('bad.yaml:1:1: study is missing')
  })
})
