import { defineConfig } from 'vitest/config'
import { createPlainLineReporter } from './tests/plain-line-reporter.ts'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    // Two cores are what the smallest machine has; by default one of them would look on.
    maxWorkers: 2,
    reporters: ['default', createPlainLineReporter()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
