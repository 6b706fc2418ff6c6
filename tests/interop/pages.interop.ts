/** Lighthouse over the pages of people, in both languages: accessibility, best practices and SEO. */
import { describe, expect, inject, it } from 'vitest'
import { LIGHTHOUSE, run } from './tools.ts'

const CATEGORIES = ['accessibility', 'best-practices', 'seo']
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']
const PAGES = [
  '/?lang=en',
  '/?lang=es',
  '/guides?lang=en',
  '/guides?lang=es',
  '/guides/nss?lang=en',
  '/guides/nss?lang=es',
  '/ask?lang=en&q=whats+the+imss+phone',
  '/ask?lang=es&q=cuanto+cuesta+el+nss',
  '/docs',
]

/** What of a Lighthouse report is read here. */
type Report = {
  readonly finalDisplayedUrl: string
  readonly categories: Record<
    string,
    { score: number | null; auditRefs: { id: string; weight: number }[] }
  >
  readonly audits: Record<string, { score: number | null; title: string; details?: unknown }>
}

/** The audits that cost points, with the elements or addresses at fault. */
function costly({ categories, audits }: Report) {
  return Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
    .map(({ id }) => audits[id])
    .filter((audit) => typeof audit?.score === 'number' && audit.score < 1)
}

describe.concurrent('Lighthouse', () => {
  it.each(PAGES)('gives 100 in three categories to %s', async (page) => {
    const url = `${inject('url')}${page}`
    const { code, out, err } = await run(LIGHTHOUSE, [
      url,
      '--quiet',
      '--output=json',
      `--only-categories=${CATEGORIES.join()}`,
      `--chrome-flags=${FLAGS.join(' ')}`,
    ])
    expect(code, err).toBe(0)
    // Checked by its first use below: a report without categories fails there.
    const report = JSON.parse(out) as Report
    expect(report.finalDisplayedUrl).toBe(url)
    const scores = CATEGORIES.map((name) => [name, report.categories[name]?.score])
    expect(costly(report)).toEqual([])
    expect(scores).toEqual(CATEGORIES.map((name) => [name, 1]))
  })
})
