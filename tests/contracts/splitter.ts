/** What every splitter of over-long texts must do; called by the tests of each adapter. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SplitText } from '../../src/engine/chunking/chunk.ts'
import type { CountTokens } from '../../src/engine/core/embedder.ts'
import type { Span } from '../../src/engine/core/span.ts'
import { toSentences } from '../fixtures/sentences.ts'

export type SplitterDeps = {
  countTokens: CountTokens
  toSentences: (text: string) => readonly Span[]
}

export const countWords: CountTokens = (text) => text.match(/\S+/g)?.length ?? 0
/** Like a model's tokenizer: long words cost more than one token. */
export const countPieces: CountTokens = (text) =>
  (text.match(/\S+/g) ?? []).reduce((sum, word) => sum + Math.ceil(word.length / 4), 0)

const LONE_SURROGATE = /\p{Cs}/u

/** Throws unless the spans are exact, in order, complete but for white space, and within the budget. */
export function checkSpans(
  text: string,
  spans: readonly Span[],
  maxTokens: number,
  countTokens: CountTokens,
): void {
  let at = 0
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(at)
    expect(end).toBeGreaterThan(start)
    expect(text.slice(at, start).trim()).toBe('')
    const slice = text.slice(start, end)
    expect(slice).toBe(slice.trim())
    if (!LONE_SURROGATE.test(text)) expect(slice).not.toMatch(LONE_SURROGATE)
    if ([...slice].length > 1) expect(countTokens(slice)).toBeLessThanOrEqual(maxTokens)
    at = end
  }
  expect(text.slice(at).trim()).toBe('')
}

export function testSplitter(
  name: string,
  createSplitter: (deps: SplitterDeps) => SplitText,
): void {
  const splitBy = async (countTokens: CountTokens, text: string, maxTokens: number) => {
    const spans = await createSplitter({ countTokens, toSentences })(text, maxTokens)
    checkSpans(text, spans, maxTokens, countTokens)
    return spans.map((span) => text.slice(span.start, span.end))
  }

  describe(`the splitter ${name}`, () => {
    it('cuts between sentences and fills each piece as far as the budget goes', async () => {
      const text = 'One two. Three four. Five six.  ¿Siete ocho? Nueve.'
      expect(await splitBy(countWords, text, 5)).toEqual([
        'One two. Three four.',
        'Five six.  ¿Siete ocho? Nueve.',
      ])
    })

    it('cuts an over-long sentence between words', async () => {
      const text = 'one two three four five six seven. Eight.'
      const pieces = await splitBy(countWords, text, 3)
      expect(pieces.slice(0, 2)).toEqual(['one two three', 'four five six'])
    })

    it('leaves words whole where a word fits', async () => {
      expect(await splitBy(countWords, 'hello there world', 1)).toEqual(['hello', 'there', 'world'])
    })

    it('cuts a word longer than the budget into pieces that fill it', async () => {
      expect(await splitBy(countPieces, 'x'.repeat(20), 2)).toEqual([
        'x'.repeat(8),
        'x'.repeat(8),
        'x'.repeat(4),
      ])
    })

    it('never cuts an emoji or another character in two', async () => {
      for (const unit of ['🩺', '👩‍⚕️', 'a🩺', '𝒳'])
        for (const max of [1, 2, 3]) await splitBy(countPieces, unit.repeat(40), max)
    })

    it('places the pieces of repetitive texts where they stand', async () => {
      for (const unit of ['CURP', 'CURP.', 'a', 'NSS NSS', 'CURP CURP CURP. Curp'])
        for (const max of [1, 2, 3, 7]) {
          const text = Array.from({ length: 40 }, () => unit).join(' ')
          await splitBy(countWords, text, max)
          await splitBy(countPieces, text, max)
        }
    })

    it('keeps private-use characters that stand in the text', async () => {
      const text = '\uE000one two\uE000three. Four\uE001 five \uE000. Six \uE000'
      for (const max of [1, 2, 3]) await splitBy(countWords, text, max)
    })

    it('gives nothing for nothing and one span for a text that fits', async () => {
      expect(await splitBy(countWords, '', 5)).toEqual([])
      expect(await splitBy(countWords, ' \n\t ', 5)).toEqual([])
      expect(await splitBy(countWords, '  it fits \n', 5)).toEqual(['it fits'])
    })

    it('holds for any text and any budget', async () => {
      const word = fc.oneof(
        fc.constantFrom(
          'CURP',
          'NSS.',
          'a',
          '¿Qué?',
          'Art. 5',
          '\n',
          '\n\n',
          '\t',
          '\u00a0',
          '\uE000',
          '🩺',
        ),
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.constantFrom('x'.repeat(90), '🩺'.repeat(30)),
      )
      const text = fc
        .array(fc.tuple(word, fc.constantFrom(' ', ' ', '', '. ', '\n')), { maxLength: 40 })
        .map((words) => words.flat().join(''))
      await fc.assert(
        fc.asyncProperty(text, fc.integer({ min: 1, max: 12 }), async (anyText, max) => {
          await splitBy(countWords, anyText, max)
          await splitBy(countPieces, anyText, max)
        }),
        { numRuns: 150 },
      )
    })
  })
}
