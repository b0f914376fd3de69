import type { Reporter, SerializedError, TestCase, TestModule, TestRunEndReason, Vitest } from 'vitest/node'

interface Tally {
  passed: number
  failed: number
  skipped: string[]
}

/** Suite names and the test's own, as `-t` sees them. */
function nameParts(test: TestCase): string[] {
  const names = [test.name]
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) names.unshift(parent.name)
  return names
}

function whySkipped(test: TestCase): string {
  const result = test.result()
  if (result.state === 'pending') return ': did not run'
  if (result.state === 'skipped' && result.note) return `: ${result.note}`
  return test.options.mode === 'todo' ? ': to do' : ''
}

/**
 * Ends a run with the skipped tests by name and, as the very last line, `N passed, N failed[, N skipped]`. A file,
 * suite or stray promise that failed outside of any test counts as one failure. The run fails when no test ran.
 */
export class ClosingLineReporter implements Reporter {
  private selected: RegExp | undefined
  private watching = false
  private tally: Tally = { passed: 0, failed: 0, skipped: [] }

  onInit(vitest: Vitest): void {
    this.selected = vitest.config.testNamePattern
    this.watching = vitest.config.watch
    // Other reporters, and vitest itself, may still print after the run: only at the very end is a line the last.
    if (!this.watching) process.on('exit', () => this.close())
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: TestRunEndReason): void {
    const tally: Tally = { passed: 0, failed: unhandled.length, skipped: [] }
    for (const module of modules) {
      if (module.errors().length > 0) tally.failed += 1
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) tally.failed += 1
      for (const test of module.children.allTests()) this.count(test, tally)
    }
    if (reason === 'interrupted') tally.failed ||= 1
    this.tally = tally
    if (this.watching) this.print()
  }

  private count(test: TestCase, tally: Tally): void {
    const { state } = test.result()
    if (state === 'passed' || state === 'failed') {
      tally[state] += 1
      return
    }
    const names = nameParts(test)
    // What `-t` didn't select is not part of the run.
    if (this.selected && !this.selected.test(names.join(' '))) return
    tally.skipped.push(`  ${[test.module.relativeModuleId, ...names].join(' > ')}${whySkipped(test)}`)
  }

  private print(): void {
    const { passed, failed, skipped } = this.tally
    const lines = skipped.length > 0 ? ['Skipped:', ...skipped] : []
    const counts = [
      `${passed} passed`,
      `${failed} failed`,
      ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
    ]
    process.stdout.write(`${[...lines, counts.join(', ')].join('\n')}\n`)
  }

  private close(): void {
    this.print()
    const { passed, failed } = this.tally
    if (failed > 0 || passed === 0) process.exitCode ||= 1
  }
}
