import path from 'node:path'
import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './scripts/closing-line-reporter.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Absolute, since the tests of the reporter use this configuration in another folder.
    globalSetup: [path.join(import.meta.dirname, 'test/postgres-server.ts')],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: ['default', new ClosingLineReporter()],
  },
})
