import { configDefaults, defineConfig } from 'vitest/config'
import { createPlainLineReporter } from './tests/plain-line-reporter.ts'

const BROWSER_TESTS = 'tests/browser/**/*.test.ts'

export default defineConfig({
  test: {
    pool: 'forks',
    reporters: ['default', createPlainLineReporter()],
    // A slow machine that is busy with something else ends well within these; they only end what hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
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
