/** docs/settings.md lists every setting as the code has it. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SETTINGS } from '../../src/start/config.ts'

it('lists every setting with its default and meaning, and no other', () => {
  const page = readFileSync('docs/settings.md', 'utf8')
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$/gm)]
  const listed = rows.map(([, name, fallback, about]) => ({ name, fallback, about }))
  const expected = Object.entries(SETTINGS).map(([name, { fallback, about }]) => ({
    name,
    fallback: fallback === '' ? 'none' : `\`${fallback}\``,
    about: about.replaceAll('|', '\\|'),
  }))
  expect(listed).toEqual(expected)
})
