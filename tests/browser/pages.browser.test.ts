/** Pages in a real browser: no accessibility fault, a visible focus, and a checklist that prints on one sheet. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserTitle, openBrowser, SKIP_REASON } from '../fixtures/chromium.ts'
import { type RealService, startRealService } from '../fixtures/real-service.ts'
import { sideBySide } from './side-by-side.ts'

/** The report of the evaluation, as it is committed. */
const REPORT = new URL('../../docs/evaluation.html', import.meta.url).href

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
] as const

describe.skipIf(SKIP_REASON !== '')(browserTitle('pages in Chromium'), () => {
  let service: RealService
  let browser: Browser

  beforeAll(async () => {
    service = await startRealService()
    browser = await openBrowser()
  }, 900_000)
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
  })

  const paths = async (): Promise<string[]> => {
    const response = await fetch(`${service.url}/guides.json`)
    const { guides }: { guides: { id: string; language: string }[] } = await response.json()
    return [
      ...['en', 'es'].flatMap((language) => [
        `/?lang=${language}`,
        `/guides?lang=${language}`,
        `/ask?lang=${language}&q=imss+phone`,
        `/ask?lang=${language}&q=how+to+bake+bread`,
        `/nowhere?lang=${language}`,
        `/guides/nowhere?lang=${language}`,
      ]),
      '/docs',
      ...guides.map(({ id, language }) => `/guides/${id}?lang=${language}`),
    ]
  }

  it.each(LOOKS)(
    'have no fault that axe finds: $colorScheme, $viewport.width wide',
    async (look) => {
      const faults: string[] = []
      const addresses = [...(await paths()).map((path) => service.url + path), REPORT]
      await sideBySide(browser, look, addresses, async ({ page }, address) => {
        await page.goto(address)
        // Without frames nothing is lost by it, and no second page is opened for each.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
        for (const { id, nodes } of violations)
          faults.push(`${address} ${id}: ${nodes.map((node) => node.html).join(' ')}`)
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        )
        if (overflow > 0) faults.push(`${address} is ${overflow} px wider than the window`)
      })
      console.log(`${addresses.length} pages read by axe, ${faults.length} faults`)
      expect(faults).toEqual([])
    },
    1_800_000,
  )

  it('show where the keyboard is, the skip link first', async () => {
    const page = await browser.newPage()
    await page.goto(`${service.url}/guides/nss?lang=en`)
    const seen: string[] = []
    for (let i = 0; i < 25; i++) {
      await page.keyboard.press('Tab')
      const focus = await page.evaluate(() => {
        const element = document.activeElement
        if (!element) return undefined
        const { outlineStyle, outlineWidth } = getComputedStyle(element)
        const { top, bottom } = element.getBoundingClientRect()
        return {
          name: element.textContent ?? '',
          isOutlined: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
          isInView: bottom > 0 && top < window.innerHeight,
        }
      })
      expect(focus).toMatchObject({ isOutlined: true, isInView: true })
      seen.push(focus?.name ?? '')
    }
    expect(seen[0]).toBe('Skip to content')
    expect(new Set(seen).size).toBeGreaterThan(15)
    await page.close()
  }, 120_000)

  it.each(['A4', 'Letter'])(
    'print the checklist on one sheet of %s',
    async (format) => {
      const page = await browser.newPage()
      const { guides }: { guides: { id: string; languages: string[] }[] } = await (
        await fetch(`${service.url}/guides.json`)
      ).json()
      const languages = guides.find(({ id }) => id === 'first-90-days')?.languages ?? []
      expect(languages.length).toBeGreaterThan(0)
      for (const language of languages) {
        await page.goto(`${service.url}/guides/first-90-days?lang=${language}`)
        const pdf = (await page.pdf({ format, preferCSSPageSize: false })).toString('latin1')
        expect([language, pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length]).toEqual([language, 1])
      }
      await page.close()
    },
    120_000,
  )
})
