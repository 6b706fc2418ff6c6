/** Citation links in a real browser: they open at the heading they name and highlight the words they quote. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Citation } from '../../src/engine/core/citation.ts'
import { type Language, languageSchema } from '../../src/engine/core/language.ts'
import { type RetrievalResponse, retrievalResponseSchema } from '../../src/engine/core/retrieval.ts'
import { MAX_CITATIONS, verificationResponseSchema } from '../../src/engine/core/verification.ts'
import { shownBlocks } from '../../src/engine/guides/shown-text.ts'
import { parseQuestions } from '../../workshop/evaluation/questions.ts'
import { createRandom } from '../../workshop/evaluation/random.ts'
import { browserTitle, openBrowser, SKIP_REASON } from '../fixtures/chromium.ts'
import { type RealService, startRealService } from '../fixtures/real-service.ts'
import { type Painted, paintedText } from './painted-text.ts'
import { sideBySide, type Window } from './side-by-side.ts'

const guideListSchema = z.object({
  guides: z.array(z.object({ id: z.string(), language: languageSchema })),
})
const guideTextSchema = z.object({ text: z.string() })

const ANSWERS_PER_LANGUAGE = 100
/** High enough for the longest passage. */
const VIEWPORT = { width: 900, height: 1300 }
const QUESTIONS = new URL('../../eval/questions/', import.meta.url)
/** Chromium looks for the words some time after the page has loaded. */
const PATIENCE_MS = 5_000

/** `npm run test:citations` opens them all (some seven minutes); every other run a sample that is always the same. */
const SAMPLE = process.env.CITATIONS === 'all' ? Number.POSITIVE_INFINITY : 80

/** A seeded sample, in the order given. */
function sampled<T>(items: readonly T[], size = SAMPLE): T[] {
  if (items.length <= size) return [...items]
  const random = createRandom(20_261_128)
  const keyed = items.map((item, at) => ({ item, at, key: random() }))
  const chosen = keyed.sort((a, b) => a.key - b.key).slice(0, size)
  return chosen.sort((a, b) => a.at - b.at).map(({ item }) => item)
}

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
    const opened = sampled(urls)
    await sideBySide(browser, { viewport: VIEWPORT }, opened, async ({ page }, url) => {
      await open(page, url)
      const anchor = new URL(url).hash.slice(1)
      const at = await page.evaluate(landing, anchor)
      const isHeading = /^H[1-6]$/.test(at.heading)
      const isSeen = at.top >= 0 && at.top < (at.isAtEnd ? VIEWPORT.height : 120)
      if (!isHeading || !(isSeen || anchor === 'top')) astray.push(`${url} ${JSON.stringify(at)}`)
    })
    console.log(`${opened.length} of ${urls.length} headings opened, ${astray.length} astray`)
    expect(astray).toEqual([])
  }, 1_800_000)

  it('highlight exactly the quote', async () => {
    const all = citations()
    expect(all.length).toBeGreaterThan(500)
    const astray: string[] = []
    const opened = interleaved(sampled(all), ({ url }) => url)
    await sideBySide(browser, { viewport: VIEWPORT }, opened, async (window, citation) => {
      const expected = shownText(citation.quote)
      const shown = async () => {
        await open(window.page, citation.textFragmentUrl)
        return (await waitForPaint(window, expected)).text
      }
      // A busy Chromium now and then gives up its search; words that are wrong are wrong again.
      const first = await shown()
      const highlighted = first === expected ? first : await shown()
      if (highlighted !== expected)
        astray.push(`${citation.textFragmentUrl}\n  shows ${highlighted}\n  not   ${expected}`)
    })
    console.log(`${opened.length} of ${all.length} text fragments opened, ${astray.length} astray`)
    expect(astray.join('\n')).toBe('')
  }, 1_800_000)

  it('highlight what a checked quote stands as, under the heading it names', async () => {
    const places = await checkedPlaces(service.url)
    const pointing = places.filter(({ url }) => url.includes(':~:text='))
    // The rest are words of headings: the list of contents repeats them, and the link leads to the heading.
    expect(pointing.length).toBeGreaterThan(places.length * 0.9)
    const astray: string[] = []
    const apart = interleaved(sampled(pointing), ({ url }) => url)
    await sideBySide(browser, { viewport: VIEWPORT }, apart, async (window, { url, quote }) => {
      await open(window.page, url)
      const painted = await waitForPaint(window, quote, letters)
      const below = await window.page.evaluate(sectionAt, painted.top)
      const [anchor] = new URL(url).hash.slice(1).split(':~:')
      if (letters(painted.text) !== letters(quote) || below !== anchor)
        astray.push(`${url}\n  shows ${painted.text} under ${below}\n  not   ${quote}`)
    })
    console.log(`${apart.length} of ${places.length} quotes opened, ${astray.length} astray`)
    expect(astray.join('\n')).toBe('')
  }, 1_800_000)
})

/** Words cut from all guides, short and long, sent to `/verify`: where each stands. */
async function checkedPlaces(origin: string): Promise<{ quote: string; url: string }[]> {
  const { guides } = guideListSchema.parse(await (await fetch(`${origin}/guides.json`)).json())
  const citations: { quote: string; guide: string; language: Language }[] = []
  for (const { id, language } of guides) {
    const { text } = guideTextSchema.parse(
      await (await fetch(`${origin}/guides/${id}.json?lang=${language}`)).json(),
    )
    const blocks = shownBlocks(text)
    for (const [i, count] of [1, 2, 3, 5, 9, 14, 30].entries()) {
      const block = blocks[Math.floor(((i + 0.5) * blocks.length) / 7)]
      const words = block?.text.split(' ') ?? []
      const first = Math.floor(Math.max(0, words.length - count) / 2)
      const quote = words.slice(first, first + count).join(' ')
      if (/[\p{L}\p{N}]/u.test(quote)) citations.push({ quote, guide: id, language })
    }
  }
  const found: { quote: string; url: string }[] = []
  for (let at = 0; at < citations.length; at += MAX_CITATIONS) {
    const response = await fetch(`${origin}/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ citations: citations.slice(at, at + MAX_CITATIONS) }),
    })
    const { results } = verificationResponseSchema.parse(await response.json())
    for (const { quote, verdict, places } of results) {
      const [place] = places
      if (verdict !== 'found' || !place) throw new Error(`${verdict}: ${quote}`)
      found.push({ quote, url: place.url })
    }
  }
  return found
}

/** Runs in the page: the anchor of the last heading that begins above a height. */
function sectionAt(top: number): string {
  const headings = [...document.querySelectorAll('h1[id], .text :is(h2, h3, h4)[id]')]
  return headings.findLast((heading) => heading.getBoundingClientRect().top <= top + 4)?.id ?? ''
}

/** Runs in the page: where the heading of an anchor stands. */
function landing(anchor: string) {
  const target = document.getElementById(anchor)
  return {
    heading: target?.tagName ?? '',
    top: target?.getBoundingClientRect().top ?? Number.NaN,
    isAtEnd: window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 2,
  }
}

/** Reads again until it is the expected text, as far as `seen` looks at it. */
async function waitForPaint(
  { page, session }: Window,
  expected: string,
  seen = (text: string) => text,
): Promise<Painted> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const painted = await paintedText(page, session)
    if (seen(painted.text) === seen(expected) || Date.now() > until) return painted
    await page.waitForTimeout(100)
  }
}

/** A quote is found in other case too, and without the sign at its end. */
function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** A quote as a page shows it, without white space: blocks part differently on a page and in a test. */
function shownText(quote: string): string {
  const text = shownBlocks(quote).map((block) => block.text)
  return text.join('').replace(/\s+/g, '')
}
