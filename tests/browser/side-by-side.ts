/** Work on many addresses in several windows of one browser at the same time. */
import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core'

export type Window = { readonly page: Page; readonly session: CDPSession }

/** Each window is a context of its own: a page behind another one is not painted, and Chromium looks for no words in it. */
export async function sideBySide<T>(
  browser: Browser,
  options: BrowserContextOptions,
  items: readonly T[],
  work: (window: Window, item: T) => Promise<void>,
  windows = 3,
): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: windows }, async () => {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      const window = { page, session: await context.newCDPSession(page) }
      for (const item of queue) await work(window, item)
      await context.close()
    }),
  )
}
