/**
 * Ends a run with the plain line `N passed, N failed, N skipped`, and names what was skipped and why. The same line is
 * kept up to date in the file that TEST_COUNTS names, so that a run that is ended from outside has counts too.
 */
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

type Counts = { passed: number; failed: number; skipped: number; pending: number }

export function createPlainLineReporter(countsFile = process.env.TEST_COUNTS): Reporter {
  const ended: TestModule[] = []
  return {
    onTestModuleEnd(module) {
      ended.push(module)
      if (countsFile) writeFileSync(countsFile, `${plainLine(countTests(ended))}\n`)
    },
    onTestRunEnd(modules, errors) {
      const counts = countTests(modules)
      counts.failed += errors.length + counts.pending
      // A set-up that fails leaves neither tests nor errors.
      if (counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1
      for (const test of modules.flatMap((module) => [...module.children.allTests('skipped')]))
        console.log(`skipped: ${test.fullName}`)
      console.log(plainLine(counts))
    },
  }
}

function countTests(modules: readonly TestModule[]): Counts {
  const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }
  for (const module of modules) {
    for (const test of module.children.allTests()) counts[test.result().state]++
    // A file that cannot even be loaded holds no tests, but has failed.
    const hasFailedTest = [...module.children.allTests('failed')].length > 0
    if (module.state() === 'failed' && !hasFailedTest) counts.failed++
  }
  return counts
}

function plainLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
