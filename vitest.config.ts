import { configDefaults, defineConfig } from 'vitest/config'
import { createPlainLineReporter } from './tests/plain-line-reporter.ts'

const BROWSER_TESTS = 'tests/browser/**/*.test.ts'

export default defineConfig({
  test: {
    pool: 'forks',
    reporters: ['default', createPlainLineReporter()],
    // A machine four times slower than usual, busy with something else, still ends well within these.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, BROWSER_TESTS],
          // Two cores are what the smallest machine has; by default one of them would look on.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER_TESTS],
          // Chromium gives up looking for a link's words when other work takes its time: nothing runs beside it.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
