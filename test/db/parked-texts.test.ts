import { expect, test } from 'vitest'
import { executeWithText } from '../../src/db/parked-texts.ts'
import { ENGINE } from '../engines.ts'
import { empty } from '../queries/seeded.ts'

const PLACE = { sqlite: '?', postgresql: '$1' }[ENGINE]

test.each(['by itself', 'in a transaction'])(
  'a text that is parked for a statement %s is what it stores',
  async (how) => {
    const db = await empty()
    const add = `INSERT INTO study (id, label, title, type) VALUES ('a', ${PLACE}, 'A', 'interventional')`
    await (how === 'by itself'
      ? executeWithText(db, add, 'a long text')
      : db.$transaction((tx) => executeWithText(tx, add, 'a long text')))
    expect(await db.study.findMany({ select: { label: true } })).toEqual([{ label: 'a long text' }])
  },
)
