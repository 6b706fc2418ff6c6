/** Citation links in a real browser: they open at the heading they name and highlight the words they quote. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Citation } from '../../src/core/citation.ts'
import type { Language } from '../../src/core/language.ts'
import { type RetrievalResponse, retrievalResponseSchema } from '../../src/core/retrieval.ts'
import { parseQuestions } from '../../src/evaluation/questions.ts'
import { shownBlocks } from '../../src/guides/shown-text.ts'
import { browserTitle, openBrowser, SKIP_REASON } from '../fixtures/chromium.ts'
import { type RealService, startRealService } from '../fixtures/real-service.ts'
import { paintedText } from './painted-text.ts'
import { sideBySide, type Window } from './side-by-side.ts'

const ANSWERS_PER_LANGUAGE = 100
/** High enough for the longest passage. */
const VIEWPORT = { width: 900, height: 1300 }
const QUESTIONS = new URL('../../eval/questions/', import.meta.url)
/** Chromium looks for the words some time after the page has loaded. */
const PATIENCE_MS = 2_000

/** Answerable questions, evenly over all of a language. */
function questionsIn(language: Language, count: number): string[] {
  const all = readdirSync(QUESTIONS)
    .sort()
    .flatMap((name) => parseQuestions(name, readFileSync(new URL(name, QUESTIONS), 'utf8')))
    .filter((question) => question.kind === 'answerable' && question.language === language)
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]).flatMap(
    (question) => question?.text ?? [],
  )
}

/** Neighbours are of different guides: from one to the next a page is loaded, not only its fragment changed. */
function interleaved<T>(items: readonly T[], urlOf: (item: T) => string): T[] {
  const byPage = new Map<string, T[]>()
  for (const item of items) {
    const [address = ''] = urlOf(item).split('#')
    byPage.set(address, [...(byPage.get(address) ?? []), item])
  }
  const lists = [...byPage.values()]
  const longest = Math.max(...lists.map((list) => list.length))
  return Array.from({ length: longest }, (_, i) =>
    lists.flatMap((list) => list.slice(i, i + 1)),
  ).flat()
}

async function open(page: Page, url: string): Promise<void> {
  // On the page itself a new fragment alone would load nothing.
  if (page.url().split('#')[0] === url.split('#')[0]) await page.goto('about:blank')
  const response = await page.goto(url)
  if (response?.status() !== 200) throw new Error(`${response?.status()} ${url}`)
}

describe.skipIf(SKIP_REASON !== '')(browserTitle('citations in Chromium'), () => {
  let service: RealService
  let browser: Browser
  const answers: RetrievalResponse[] = []

  beforeAll(async () => {
    service = await startRealService()
    browser = await openBrowser()
    for (const language of ['en', 'es'] as const) {
      for (const query of questionsIn(language, ANSWERS_PER_LANGUAGE)) {
        const response = await fetch(`${service.url}/retrieve?q=${encodeURIComponent(query)}`)
        answers.push(retrievalResponseSchema.parse(await response.json()))
      }
    }
  }, 900_000)
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
  })

  /** Every citation of the answers once: passages and facts. */
  const citations = (): Citation[] => {
    const all = answers.flatMap((answer) => [
      ...answer.passages.map((passage) => passage.citation),
      ...(answer.quickScan?.facts.map((fact) => fact.citation) ?? []),
    ])
    const unique = [
      ...new Map(all.map((citation) => [citation.textFragmentUrl, citation])).values(),
    ]
    return interleaved(unique, ({ url }) => url)
  }

  it('open at the heading they name', async () => {
    expect(answers.length).toBe(2 * ANSWERS_PER_LANGUAGE)
    const urls = [...new Set(citations().map((citation) => citation.url))]
    expect(urls.length).toBeGreaterThan(300)
    const astray: string[] = []
    await sideBySide(browser, { viewport: VIEWPORT }, urls, async ({ page }, url) => {
      await open(page, url)
      const anchor = new URL(url).hash.slice(1)
      const at = await page.evaluate(landing, anchor)
      const isHeading = /^H[1-6]$/.test(at.heading)
      const isSeen = at.top >= 0 && at.top < (at.isAtEnd ? VIEWPORT.height : 120)
      if (!isHeading || !(isSeen || anchor === 'top')) astray.push(`${url} ${JSON.stringify(at)}`)
    })
    console.log(`${urls.length} headings opened, ${astray.length} astray`)
    expect(astray).toEqual([])
  }, 1_800_000)

  it('highlight exactly the quote', async () => {
    const all = citations()
    expect(all.length).toBeGreaterThan(500)
    const astray: string[] = []
    await sideBySide(browser, { viewport: VIEWPORT }, all, async (window, citation) => {
      const expected = shownText(citation.quote)
      await open(window.page, citation.textFragmentUrl)
      const highlighted = await waitForPaint(window, expected)
      if (highlighted !== expected)
        astray.push(`${citation.textFragmentUrl}\n  shows ${highlighted}\n  not   ${expected}`)
    })
    console.log(`${all.length} text fragments opened, ${astray.length} astray`)
    expect(astray.join('\n')).toBe('')
  }, 1_800_000)
})

/** Runs in the page: where the heading of an anchor stands. */
function landing(anchor: string) {
  const target = document.getElementById(anchor)
  return {
    heading: target?.tagName ?? '',
    top: target?.getBoundingClientRect().top ?? Number.NaN,
    isAtEnd: window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2,
  }
}

async function waitForPaint({ page, session }: Window, expected: string): Promise<string> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const text = await paintedText(page, session)
    if (text === expected || Date.now() > until) return text
    await page.waitForTimeout(100)
  }
}

/** A quote as a page shows it, without white space: blocks part differently on a page and in a test. */
function shownText(quote: string): string {
  const text = shownBlocks(quote).map((block) => block.text)
  return text.join('').replace(/\s+/g, '')
}
