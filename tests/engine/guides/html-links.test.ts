import { describe, expect, it } from 'vitest'
import { createGuideRenderer } from '../../../src/engine/guides/html.ts'

const EXIT = { label: 'Leaves this site.', drawn: '↗ 2026-04-15' }
const shown = (markdown: string) => createGuideRenderer().passage(markdown, EXIT)
const textOf = (html: string) => html.replace(/<[^>]+>/g, '')

describe('links in the text of a guide', () => {
  it.each([
    ['800 623 2323', 'tel:+528006232323'],
    ['55 5128 1111', 'tel:+525551281111'],
    ['1 424 309 0009', 'tel:+14243090009'],
  ])('call %s', (number, href) => {
    expect(shown(`Call ${number}, any day.`)).toContain(`<a href="${href}">${number}</a>, any day.`)
  })

  it.each([
    ['imss.gob.mx/tramites/imss02008', 'https://imss.gob.mx/tramites/imss02008'],
    ['citas.inm.gob.mx', 'https://citas.inm.gob.mx'],
    ['https://www.gob.mx/curp', 'https://www.gob.mx/curp'],
  ])('open %s and are marked as leaving the site', (address, href) => {
    const html = shown(`Go to ${address}. Then wait.`)
    expect(html).toContain(`href="${href}"`)
    expect(html).toMatch(
      /rel="external"[^>]*data-exit="↗ 2026-04-15"|data-exit="↗ 2026-04-15"[^>]*rel="external"/,
    )
    expect(textOf(html)).toBe(`Go to ${address}. Then wait.`)
  })

  it('leave alone what only looks like a number or an address', () => {
    for (const text of ['4200 623 23231 weeks', '`imss.gob.mx` as code', '$800 623 2323,50'])
      expect(shown(text)).not.toContain('<a')
    expect(shown('mail ana@imss.gob.mx')).not.toContain('data-exit')
  })
})
