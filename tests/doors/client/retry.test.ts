import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LONGEST_RETRY_AFTER_MS,
  parseRetryAfter,
  retryDelay,
} from '../../../src/doors/client/retry.ts'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const refused = { status: 503, attempt: 0, retries: 9, retryAfterMs: undefined, random: () => 1 }

describe('Retry-After', () => {
  it('is read as seconds or as an HTTP date', () => {
    expect(parseRetryAfter('120', NOW)).toBe(120_000)
    expect(parseRetryAfter(' 0 ', NOW)).toBe(0)
    expect(parseRetryAfter('Mon, 23 Nov 2026 12:00:07 GMT', NOW)).toBe(7000)
    expect(parseRetryAfter('Mon, 23 Nov 2026 11:00:00 GMT', NOW)).toBe(0)
  })

  it('says nothing when it is neither', () => {
    for (const text of [null, '', 'soon', '-1', '1.5', '1e3', '2026-11-23', 'Mon, 99 Nov 2026'])
      expect(parseRetryAfter(text, NOW)).toBeUndefined()
  })

  it('of any date is the time from now, to the second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (seconds) => {
        const date = new Date(NOW + seconds * 1000).toUTCString()
        expect(parseRetryAfter(date, NOW)).toBe(seconds * 1000)
      }),
    )
  })

  it('of any text is undefined or a time that has not passed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseRetryAfter(text, NOW) ?? 0).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('the delay', () => {
  it('doubles up to a ceiling, with up to half of it left to chance', () => {
    const at = (attempt: number, random: number) =>
      retryDelay({ ...refused, attempt, random: () => random })
    expect([0, 1, 2, 3, 4, 5, 6].map((attempt) => at(attempt, 1))).toEqual([
      250, 500, 1000, 2000, 4000, 8000, 8000,
    ])
    expect([0, 1, 2].map((attempt) => at(attempt, 0))).toEqual([125, 250, 500])
  })

  it('is never shorter than asked for, and there is none past the bound', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 * LONGEST_RETRY_AFTER_MS }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (retryAfterMs, random) => {
          const delay = retryDelay({ ...refused, retryAfterMs, random: () => random })
          if (retryAfterMs > LONGEST_RETRY_AFTER_MS) expect(delay).toBeUndefined()
          else expect(delay).toBeGreaterThanOrEqual(retryAfterMs)
        },
      ),
    )
  })

  it('is for 429 and 503 only, and only as often as allowed', () => {
    for (let status = 400; status < 600; status++) {
      const retried = retryDelay({ ...refused, status }) !== undefined
      expect(retried).toBe(status === 429 || status === 503)
    }
    expect(retryDelay({ ...refused, attempt: 9 })).toBeUndefined()
    expect(retryDelay({ ...refused, retries: 0 })).toBeUndefined()
  })
})
