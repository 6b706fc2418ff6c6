import { defineConfig } from 'vitest/config'
import { createPlainLineReporter } from './tests/plain-line-reporter.ts'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    pool: 'forks',
    reporters: ['default', createPlainLineReporter()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
