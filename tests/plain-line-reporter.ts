/** Ends a run with the plain line `N passed, N failed, N skipped`, and names what was skipped and why. */
import type { Reporter, TestModule } from 'vitest/node'

export function createPlainLineReporter(): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
      for (const module of modules) {
        for (const test of module.children.allTests()) {
          count[test.result().state]++
          if (test.result().state === 'skipped') console.log(`skipped: ${test.fullName}`)
        }
        // A file that cannot even be loaded holds no tests, but has failed.
        if (module.state() === 'failed' && !hasFailedTest(module)) count.failed++
      }
      count.failed += errors.length + count.pending
      // A set-up that fails leaves neither tests nor errors.
      if (count.passed + count.failed + count.skipped === 0) count.failed = 1
      const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
      console.log(`${count.passed} passed, ${count.failed} failed${skipped}`)
    },
  }
}

function hasFailedTest(module: TestModule): boolean {
  for (const test of module.children.allTests()) {
    if (test.result().state === 'failed') return true
  }
  return false
}
