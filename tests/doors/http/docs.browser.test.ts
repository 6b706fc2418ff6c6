import { createServer } from 'node:http'
import { AxeBuilder } from '@axe-core/playwright'
import { getRequestListener } from '@hono/node-server'
import { chromium } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { realApp } from '../../fixtures/real-app.ts'

const ARGUMENTS =
  '--no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run --disable-background-networking --disable-component-update --disable-sync'

it('/docs has no axe violations, loads nothing from other hosts, and its examples can be sent', async () => {
  const { app } = await realApp()
  const server = createServer(getRequestListener(app.fetch))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ARGUMENTS.split(' '),
  })
  onTestFinished(() => browser.close())
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme })
    const page = await context.newPage()
    const asked: string[] = []
    const complaints: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.goto(`${origin}/docs`)
    const form = page.locator('form[data-path="/verify"]').first()
    await form.getByRole('button', { name: 'Send' }).click()
    const output = form.locator('output')
    await output.filter({ hasText: '"verdict"' }).waitFor()
    expect(await output.textContent()).toContain('200')
    expect(asked.filter((url) => !url.startsWith(origin) && !url.startsWith('data:'))).toEqual([])
    expect(complaints).toEqual([])
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => ({ id, html: nodes[0]?.html }))).toEqual([])
    await context.close()
  }
}, 120_000)
