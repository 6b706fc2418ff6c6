/** What the contract suites share: named deviations are reported as skipped, with their reason. */
import { expect, it } from 'vitest'

/** A deviation of one adapter: the tests it cannot pass, and why. */
export type Skip = { readonly reason: string; readonly tests: readonly string[] }

type Check = (title: string, run: () => void | Promise<void>) => void

/** `done` fails when a skip names a test that the suite does not have. */
export function createChecks(skip: readonly Skip[] = []): { check: Check; done: () => void } {
  const titles = new Set<string>()
  return {
    check(title, run) {
      titles.add(title)
      const found = skip.find((entry) => entry.tests.includes(title))
      if (found) it.skip(`${title} (${found.reason})`, run)
      else it(title, run)
    },
    done() {
      if (skip.length === 0) return
      it('skips only tests that the suite has', () => {
        const unknown = skip.flatMap((entry) => entry.tests).filter((title) => !titles.has(title))
        expect(unknown).toEqual([])
      })
    },
  }
}
