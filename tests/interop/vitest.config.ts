import { defineConfig } from 'vitest/config'
import { createPlainLineReporter } from '../plain-line-reporter.ts'

export default defineConfig({
  test: {
    include: ['tests/interop/*.interop.ts'],
    globalSetup: ['tests/interop/setup.ts'],
    pool: 'forks',
    // Each suite starts programs of its own: two cores are enough for two suites.
    maxWorkers: 2,
    maxConcurrency: 2,
    reporters: ['default', createPlainLineReporter()],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
