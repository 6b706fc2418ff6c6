/** Quotes made from guides by rule: untouched, cut, stitched, altered, misattributed; each with the verdict that is right for it. */
import type { Guide } from '../../../src/engine/core/guide.ts'
import type { QuoteClaim, Verification } from '../../../src/engine/core/verification.ts'

export type Kind = 'untouched' | 'cut' | 'stitched' | 'altered' | 'misattributed'

export type MadeQuote = {
  readonly kind: Kind
  /** How it was altered or stitched, for the report. */
  readonly how: string
  readonly claim: QuoteClaim
  readonly right: Verification['verdict']
  readonly guide: Guide
}

/** Mulberry32: the same quotes from the same seed on every machine. */
export function createRandom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T => {
    const value = list[below(list.length)]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  return { next, below, pick }
}

type Random = ReturnType<typeof createRandom>

/** Texts of paragraphs, list items and table rows, as people quote them. */
export function quotable(guide: Guide): string[] {
  return guide.sections
    .flatMap((section) => section.blocks)
    .filter((block) => block.kind === 'paragraph' || block.kind === 'list')
    .flatMap((block) => block.parts)
    .map(({ span }) => guide.text.slice(span.start, span.end).replace(/^(?:[-*] |\d+\. )/, ''))
    .filter((text) => !text.includes('\n') && wordsOf(text).length >= 10)
}

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '')

/** What a reader's eye compares: nothing of the verifier's own reading is used here. */
const plain = (text: string) =>
  ` ${text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `

export function createQuoteMaker(guides: readonly Guide[], seed: number) {
  const random = createRandom(seed)
  const texts = new Map(guides.map((guide) => [guide, quotable(guide)]))
  const plainTexts = new Map(guides.map((guide) => [guide, plain(guide.text)]))
  const holds = (guide: Guide, text: string) =>
    plainTexts.get(guide)?.includes(plain(text)) ?? false
  const text = (guide: Guide) => random.pick(texts.get(guide) ?? [])

  /** By guide with or without a language, or by address. */
  const claimFor = (guide: Guide, quote: string): QuoteClaim => {
    const { id, language } = guide.meta
    return random.pick<QuoteClaim>([
      { quote, guide: id, language },
      { quote, url: `https://any.example/guides/${id}?lang=${language}#top` },
      { quote, url: `/guides/${id}?lang=${language}#top:~:text=x,y` },
    ])
  }

  const make = (kind: Kind): MadeQuote | undefined => {
    const guide = random.pick(guides)
    const done = (how: string, quote: string, right: Verification['verdict'], said = guide) => ({
      kind,
      how,
      claim: claimFor(said, quote),
      right,
      guide,
    })
    const cutByCharacters = (whole: string) => {
      const from = random.below(Math.floor(whole.length / 3))
      const to = whole.length - random.below(Math.floor(whole.length / 3))
      const quote = whole.slice(from, to)
      // A number that is cut in two is another number, and a word of which "no" is left says something else.
      if (/^(?:no|not|ni|sin)\b|\b(?:no|not|ni|sin|can)$/i.test(quote)) return undefined
      const touchesNumber = (at: number) => /\d/.test(whole.slice(Math.max(0, at - 2), at + 2))
      if (touchesNumber(from) || touchesNumber(to)) return undefined
      return done('anywhere', quote, 'found')
    }
    switch (kind) {
      case 'untouched':
        return done('', text(guide), 'found')
      case 'cut': {
        const whole = text(guide)
        if (random.next() < 0.5) return cutByCharacters(whole)
        const words = wordsOf(whole)
        const from = random.below(Math.floor(words.length / 3))
        const to = words.length - random.below(Math.floor(words.length / 3))
        return done('between words', words.slice(from, to).join(' '), 'found')
      }
      case 'stitched': {
        const [one, other] = [text(guide), text(guide)]
        if (one === other) return undefined
        const pieces = [pieceOf(one, random), pieceOf(other, random)]
        const [glue, how] = random.pick([
          [' ', 'joined'],
          [' … ', 'ellipsis'],
          [' [...] ', 'brackets'],
          ['. ', 'full stop'],
        ] as const)
        const quote = pieces.join(glue)
        // Neighbours joined as they stand are no stitching.
        if (holds(guide, quote)) return undefined
        return done(how, quote, 'stitched')
      }
      case 'altered': {
        const [how, quote] = alter(pieceOf(text(guide), random), texts.get(guide) ?? [], random)
        // Still true, here or in another guide: then nothing was altered.
        if (quote === undefined || guides.some((other) => holds(other, quote))) return undefined
        return done(how, quote, 'altered')
      }
      case 'misattributed': {
        const quote = random.next() < 0.5 ? text(guide) : pieceOf(text(guide), random)
        const said = random.pick(guides)
        if (said === guide || holds(said, quote)) return undefined
        return done(
          said.meta.id === guide.meta.id ? 'language' : 'guide',
          quote,
          'misattributed',
          said,
        )
      }
    }
  }

  return {
    holds,
    /** Draws again where a draw made no quote of its kind. */
    make(kind: Kind): MadeQuote {
      for (;;) {
        const made = make(kind)
        if (made) return made
      }
    },
  }
}

/** Eight words or more in a row. */
function pieceOf(text: string, random: Random): string {
  const words = wordsOf(text)
  const size = Math.min(words.length, 8 + random.below(12))
  const from = random.below(words.length - size + 1)
  return words.slice(from, from + size).join(' ')
}

function alter(
  text: string,
  others: readonly string[],
  random: Random,
): readonly [string, string | undefined] {
  const words = wordsOf(text)
  const inside = 1 + random.below(words.length - 2)
  const digits = [...text.matchAll(/\d/g)].map((match) => match.index)
  const negations = words.flatMap((word, i) =>
    /^(?:no|not|never|cannot|nunca|sin|without|ni|nor)$/i.test(word) &&
    i > 0 &&
    i < words.length - 1
      ? [i]
      : [],
  )
  const ways: readonly [string, () => string | undefined][] = [
    [
      'words swapped',
      () => {
        const swapped = [...words]
        swapped[inside] = words[inside - 1] ?? ''
        swapped[inside - 1] = words[inside] ?? ''
        return swapped.join(' ')
      },
    ],
    ['word dropped', () => words.filter((_, i) => i !== inside).join(' ')],
    [
      'word replaced',
      () => {
        const other = random.pick(wordsOf(random.pick(others)))
        return words.map((word, i) => (i === inside ? other : word)).join(' ')
      },
    ],
    [
      'two words replaced',
      () => {
        const second = 1 + random.below(words.length - 2)
        const other = () => random.pick(wordsOf(random.pick(others)))
        return words.map((word, i) => (i === inside || i === second ? other() : word)).join(' ')
      },
    ],
    [
      'word inserted',
      () => {
        const other = random.pick(wordsOf(random.pick(others)))
        return [...words.slice(0, inside), other, ...words.slice(inside)].join(' ')
      },
    ],
    [
      'number changed',
      () => {
        if (digits.length === 0) return undefined
        const at = random.pick(digits)
        const digit = (Number(text[at]) + 1 + random.below(9)) % 10
        return text.slice(0, at) + digit + text.slice(at + 1)
      },
    ],
    [
      'negation dropped',
      () => {
        if (negations.length === 0) return undefined
        const at = random.pick(negations)
        return words.filter((_, i) => i !== at).join(' ')
      },
    ],
    [
      'negation added',
      () => {
        const negation = random.pick(['not', 'no', 'never'])
        return [...words.slice(0, inside), negation, ...words.slice(inside)].join(' ')
      },
    ],
  ]
  const [how, change] = random.pick(ways)
  return [how, change()]
}
