/** The report as a browser shows it: needs Chromium, no weights. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReport } from '../../../../workshop/evaluation/commands/report.ts'
import { makeFolder } from '../../../fixtures/built-index.ts'
import { browserTitle, openBrowser, SKIP_REASON } from '../../../fixtures/chromium.ts'
import { sampleEvaluation } from '../../../fixtures/sample-evaluation.ts'

const folder = makeFolder()
const out = join(folder.path, 'evaluation.html')
let browser: Browser

beforeAll(async () => {
  await writeReport({ ...(await sampleEvaluation(folder.path)), out })
  if (SKIP_REASON === '') browser = await openBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  folder.remove()
})

describe.skipIf(SKIP_REASON !== '').each([
  ['light', 1200],
  ['dark', 1200],
  ['light', 360],
  ['dark', 360],
] as const)(browserTitle('the report, %s, %i pixels wide'), (colorScheme, width) => {
  it('has no fault that axe finds, fetches nothing and does not scroll sideways', async () => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      reducedMotion: 'reduce',
    })
    try {
      const page = await context.newPage()
      const requests: string[] = []
      const faults: string[] = []
      page.on('request', (request) => requests.push(request.url()))
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => faults.push(message.text()))
      const address = pathToFileURL(out).href
      await page.goto(address)
      expect(requests).toEqual([address])
      expect(faults).toEqual([])
      const overflow = await page.evaluate('document.documentElement.scrollWidth')
      expect(overflow).toBe(width)
      for (const details of await page.locator('details').all())
        await details.evaluate((element) => element.setAttribute('open', ''))
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`),
      ).toEqual([])
    } finally {
      await context.close()
    }
  }, 120_000)
})
