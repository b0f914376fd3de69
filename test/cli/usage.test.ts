import { expect, test } from 'vitest'
import { evibase } from '../scratch.ts'

// Words alone on stderr, nothing on stdout, exit code 2: whoever reads the output of a script sees no half a table.
test.concurrent.each([
  { args: [], says: 'Usage: evibase' },
  { args: ['db'], says: 'Usage: evibase db' },
  { args: ['exract', 'arms'], says: "unknown command 'exract'" },
  { args: ['db', 'delete'], says: "unknown command 'delete'" },
  { args: ['extract'], says: "missing required argument 'table'" },
  { args: ['extract', 'everything'], says: 'Allowed choices are characteristics, arms, dichotomous' },
  { args: ['extract', 'arms', '--sorted'], says: "unknown option '--sorted'" },
  { args: ['extract', 'arms', '--format', 'xlsx'], says: 'Allowed choices are table, csv, json, jsonl, markdown' },
  { args: ['extract', 'arms', '--json', '--format', 'csv'], says: "'--json' cannot be used with option" },
  { args: ['extract', 'arms', '--out'], says: 'argument missing' },
  { args: ['trace'], says: "missing required argument 'study'" },
  { args: ['trace', 'one', 'two'], says: 'too many arguments' },
  { args: ['load'], says: "missing required argument 'file'" },
])('evibase $args is not understood', async ({ args, says }) => {
  const { code, stdout, stderr } = await evibase(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(says)
  expect(stderr).not.toMatch(/^\s+at /m)
})
