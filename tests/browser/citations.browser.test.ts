/** Citation links in a real browser: they open at the heading they name and highlight the words they quote. */
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Citation } from '../../src/core/citation.ts'
import { type RetrievalResponse, retrievalResponseSchema } from '../../src/core/retrieval.ts'
import { shownBlocks } from '../../src/guides/shown-text.ts'
import { browserTitle, openBrowser, SKIP_REASON } from '../fixtures/chromium.ts'
import { type RealService, startRealService } from '../fixtures/real-service.ts'

const ANSWERS = 200
/** High enough for the longest passage. */
const VIEWPORT = { width: 900, height: 1300 }
const QUESTIONS = new URL('../../eval/questions/', import.meta.url)

/** As many answerable questions as asked for, evenly over all of them. */
function answerableQuestions(count: number): string[] {
  const all = readdirSync(QUESTIONS)
    .sort()
    .flatMap((name) => readFileSync(new URL(name, QUESTIONS), 'utf8').trim().split('\n'))
    .map((line): { text: string; kind: string } => JSON.parse(line))
    .filter(({ kind }) => kind === 'answerable')
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]).flatMap(
    (question) => question?.text ?? [],
  )
}

type Landing = {
  readonly heading: string | null
  readonly headingTop: number
  readonly scrolled: number
  readonly atEnd: boolean
  readonly viewport: number
}

describe.skipIf(SKIP_REASON !== '')(browserTitle('citations in Chromium'), () => {
  let service: RealService
  let browser: Browser
  let page: Page
  /** Reads pixels: our own pages may load no images. */
  let decoder: Page
  const answers: RetrievalResponse[] = []

  beforeAll(async () => {
    service = await startRealService()
    browser = await openBrowser()
    for (const query of answerableQuestions(ANSWERS)) {
      const response = await fetch(`${service.url}/retrieve?q=${encodeURIComponent(query)}`)
      answers.push(retrievalResponseSchema.parse(await response.json()))
    }
    const context = await browser.newContext({ viewport: VIEWPORT })
    page = await context.newPage()
    decoder = await context.newPage()
    await page.bringToFront()
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
    return [...new Map(all.map((citation) => [citation.textFragmentUrl, citation])).values()]
  }

  /** A load of its own: a change of the fragment alone would not load the page. */
  const open = async (url: string) => {
    await page.goto('about:blank')
    const response = await page.goto(url)
    expect(response?.status()).toBe(200)
  }

  const landing = (anchor: string): Promise<Landing> =>
    page.evaluate((id) => {
      const target = document.getElementById(id)
      const root = document.documentElement
      return {
        heading: target?.tagName ?? null,
        headingTop: target?.getBoundingClientRect().top ?? Number.NaN,
        scrolled: window.scrollY,
        atEnd: window.scrollY + window.innerHeight >= root.scrollHeight - 2,
        viewport: window.innerHeight,
      }
    }, anchor)

  it('open at the heading they name', async () => {
    const urls = [...new Set(citations().map((citation) => citation.url))]
    expect(answers.length).toBe(ANSWERS)
    expect(urls.length).toBeGreaterThan(100)
    const astray: string[] = []
    for (const url of urls) {
      await open(url)
      const anchor = new URL(url).hash.slice(1)
      const at = await landing(anchor)
      const isHeading = at.heading !== null && /^H[1-6]$/.test(at.heading)
      const isSeen = at.headingTop >= 0 && at.headingTop < (at.atEnd ? at.viewport : 120)
      if (!isHeading || !(isSeen || anchor === 'top')) astray.push(`${url} ${JSON.stringify(at)}`)
    }
    expect(astray).toEqual([])
  }, 1_800_000)

  it('highlight exactly the quote', async () => {
    const all = citations()
    expect(all.length).toBeGreaterThan(200)
    const astray: string[] = []
    for (const { textFragmentUrl, quote } of all) {
      await open(textFragmentUrl)
      const expected = shownText(quote)
      const highlighted = await paintedText(page, decoder)
      if (highlighted !== expected)
        astray.push(`${textFragmentUrl}\n  shows ${highlighted}\n  not   ${expected}`)
    }
    expect(astray.join('\n')).toBe('')
  }, 1_800_000)
})

/** A quote as a page shows it, without white space: blocks part differently on a page and in a test. */
function shownText(quote: string): string {
  const text = shownBlocks(quote).map((block) => block.text)
  return text.join('').replace(/\s+/g, '')
}

/** `--mark` of the style sheet in light colours: what `::target-text` is painted on. */
const MARK = [255, 229, 138]

type Sample = { readonly char: string; readonly points: readonly (readonly [number, number])[] }

/** Chromium looks for the words some time after the page has loaded: reads again while nothing is painted. */
async function paintedText(page: Page, decoder: Page): Promise<string> {
  for (let attempt = 1; attempt < 20; attempt++) {
    const text = await highlightedText(page, decoder)
    if (text !== '') return text
    await page.waitForTimeout(100)
  }
  return ''
}

/** The characters that Chromium paints as target text, read off the pixels of a screenshot. */
async function highlightedText(page: Page, decoder: Page): Promise<string> {
  const samples: Sample[] = await page.evaluate(() => {
    const found: { char: string; points: [number, number][] }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? ''
      // What a closed list of contents holds has a place, but is not painted.
      if (!node.parentElement?.checkVisibility()) continue
      range.selectNodeContents(node)
      const box = range.getBoundingClientRect()
      if (box.bottom < 0 || box.top > window.innerHeight) continue
      for (let i = 0; i < text.length; i++) {
        const char = text[i] ?? ''
        if (/\s/.test(char)) continue
        range.setStart(node, i)
        range.setEnd(node, i + 1)
        const at = range.getBoundingClientRect()
        if (at.width === 0) continue
        // Ink covers some points of a character, never all of its upper and lower edge.
        const xs = [0.2, 0.5, 0.8].map((share) => at.left + share * at.width)
        found.push({
          char,
          points: xs.flatMap((x) => [
            [x, at.top + 1],
            [x, at.bottom - 2],
          ]),
        })
      }
    }
    return found
  })
  const png = (await page.screenshot()).toString('base64')
  const painted: boolean[] = await decoder.evaluate(
    async ({ png, samples, mark }) => {
      const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d')
      context?.drawImage(image, 0, 0)
      const data = context?.getImageData(0, 0, image.width, image.height).data
      return samples.map(({ points }) =>
        points.some(([x, y]) => {
          const at = (Math.floor(y) * image.width + Math.floor(x)) * 4
          return mark.every((value, i) => Math.abs((data?.[at + i] ?? 0) - value) < 3)
        }),
      )
    },
    { png, samples, mark: MARK },
  )
  return samples.flatMap(({ char }, i) => (painted[i] ? [char] : [])).join('')
}
