import { expect, it } from 'vitest'
import { createPaint, wantsColour } from '../../../src/doors/cli/terminal.ts'

it.each<[string, Record<string, string>, boolean, boolean]>([
  ['a terminal', {}, true, true],
  ['a pipe', {}, false, false],
  ['a dumb terminal', { TERM: 'dumb' }, true, false],
  ['NO_COLOR', { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR', { NO_COLOR: '' }, true, true],
  ['FORCE_COLOR in a pipe', { FORCE_COLOR: '1' }, false, true],
  ['an empty FORCE_COLOR in a pipe', { FORCE_COLOR: '' }, false, true],
  ['FORCE_COLOR=0 on a terminal', { FORCE_COLOR: '0' }, true, false],
  ['NO_COLOR and FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
])('colours with %s: %j, terminal %s: %s', (_, env, isTTY, colour) => {
  expect(wantsColour(env, { isTTY })).toBe(colour)
})

it('paints even where Node itself would not', () => {
  expect(createPaint(true)('red', 'x')).toBe('\u001b[31mx\u001b[39m')
  expect(createPaint(false)('red', 'x')).toBe('x')
})
