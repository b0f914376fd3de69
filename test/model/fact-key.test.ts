import { expect, test } from 'vitest'
import { factKeyOf } from '../../src/model/fact-key.ts'

test.each([
  ['a-1/outcome_measurement/m00001/events', ['a-1', 'outcome_measurement', 'm00001', 'a-1/m00001', 'events']],
  ['a-1/enrolment/all+treated/participants', ['a-1', 'enrolment', 'all+treated', 'a-1/all+treated', 'participants']],
  ['a-1/study/a-1/objective', ['a-1', 'study', 'a-1', 'a-1', 'objective']],
])('%s', (id, [study, table, row, rowId, field]) => {
  expect(factKeyOf(id)).toEqual({ study, table, row, rowId, field })
})
