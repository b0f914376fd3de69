import { test } from 'vitest'
import { whyNoPostgres } from './postgres-server.ts'

// Stands in for all tests on PostgreSQL, where there is none: what wasn't tested is to be seen.
test('everything on PostgreSQL', ({ skip }) => skip(whyNoPostgres()))
