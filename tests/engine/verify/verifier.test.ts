import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuoteClaim } from '../../../src/engine/core/verification.ts'
import { createPointTo } from '../../../src/engine/guides/fragments.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { toSuffixArray } from '../../../src/engine/verify/guide-text.ts'
import { scan } from '../../../src/engine/verify/scan.ts'
import { createVerifier } from '../../../src/engine/verify/verifier.ts'
import { buildSample } from '../../fixtures/build-sample.ts'
import { sampleRetriever } from '../../fixtures/built-index.ts'
import { type GuideSpec, SAMPLE_GUIDES, sampleCorpus } from '../../fixtures/corpus.ts'
import { markdown } from '../../fixtures/random-markdown.ts'

const MARKED: GuideSpec = {
  id: 'marked',
  language: 'en',
  title: 'Marked text',
  order: 90,
  sections: [
    {
      heading: 'Every mark there is',
      anchor: 'marks',
      body: [
        'The *clerk* says “yes” to **every** [complete form](https://office.example/form) – and keeps `copy B` of it; see page 1,500 or ring 800-555-0001.[^office]',
        'Take these steps, one after the other:[^office]',
        '1. Fill the form in black ink.[^office]\n2. Sign each sheet of the form.[^office]\n3. Post the form before noon.[^office]',
        'The counter is open from 8:00 to 15:30, and the fee is never refunded. Nobody is uninsured at this counter today. An insured clerk helps.[^office]',
      ].join('\n\n'),
    },
  ],
}

async function verifierOver(guides: readonly GuideSpec[] = [...SAMPLE_GUIDES, MARKED]) {
  const { content } = await buildSample({ corpus: sampleCorpus(guides) })
  const verifier = createVerifier({
    guides: content.guides,
    passages: content.passages,
    indexId: content.manifest.id,
    languages: PROFILES,
    pointTo: createPointTo(),
    link: ({ id, language, title }) => ({
      id,
      language,
      title,
      url: `https://guides.example/guides/${id}?lang=${language}`,
    }),
  })
  const check = (claim: QuoteClaim) => {
    const [result] = verifier.verify({ citations: [claim] }).results
    if (!result) throw new Error('no result')
    return result
  }
  return { check, content, verifier }
}

const verdictOf = async (quote: string, claim: Omit<QuoteClaim, 'quote'> = { guide: 'marked' }) =>
  (await verifierOver()).check({ quote, ...claim })

describe('a quote is found', () => {
  it.each([
    ['as it stands', 'The counter is open from 8:00 to 15:30', []],
    ['in other white space', 'The counter  is open\nfrom 8:00 to\u00a015:30', ['whitespace']],
    ['in capitals', 'THE COUNTER is open from 8:00', ['case']],
    ['with accents', 'The coünter is open from 8:00', ['accents']],
    ['as a browser shows it', 'The clerk says “yes” to every complete form', ['markdown']],
    ['with straight quotes', 'says "yes" to', ['typography']],
    ['with another dash', 'ring 800–555–0001', ['typography']],
    ['with source numbers', 'The counter [1] is open [2, 3] from 8:00', ['whitespace', 'markdown']],
    ['with a full stop that the text has not', 'The counter is open.', ['punctuation']],
    ['without a list’s numbers', 'in black ink. Sign each sheet', ['whitespace', 'markdown']],
    [
      'with a list’s numbers in one line',
      '1. Fill the form in black ink. 2. Sign each',
      ['whitespace', 'markdown'],
    ],
    ['across blocks', 'Every mark there is The clerk says', ['whitespace', 'markdown']],
    [
      'cut inside its first and last word',
      'unter is open from 8:00 to 15:30, and the fee is never refu',
      ['cut'],
    ],
  ])('%s, and what was forgiven is told', async (_, quote, forgiven) => {
    const result = await verdictOf(quote)
    expect(result).toMatchObject({ verdict: 'found', similarity: 1 })
    expect(result.forgiven).toEqual(forgiven)
  })

  it('across passages, with every passage that it touches', async () => {
    const { check, content } = await verifierOver()
    const guide = content.guides.find(({ meta }) => meta.id === 'licence')
    const result = check({ quote: guide?.text.slice(0, 240) ?? '', guide: 'licence' })
    expect(result.verdict).toBe('found')
    expect(result.places[0]?.passages.length).toBeGreaterThan(1)
  })

  it('in either language of a guide, or in the one that is named', async () => {
    const { check } = await verifierOver()
    const quote = 'se solicita en línea con un correo'
    expect(check({ quote, guide: 'licence' })).toMatchObject({ verdict: 'found' })
    expect(check({ quote, guide: 'licence', language: 'es' })).toMatchObject({ verdict: 'found' })
    expect(check({ quote, guide: 'licence', language: 'en' })).toMatchObject({
      verdict: 'misattributed',
      places: [{ guide: { id: 'licence', language: 'es' } }],
    })
    expect(check({ quote })).toMatchObject({ verdict: 'found' })
  })

  it.each([
    'https://guides.example/guides/licence?lang=en#apply',
    'http://localhost:1/some/base/guides/licence?lang=en#apply:~:text=Apply%20for,number',
    '/guides/licence.md?lang=en',
    'https://guides.example/guides/licence',
    'https://guides.example/guides/licence/',
  ])('at the address %s', async (url) => {
    const { check } = await verifierOver()
    const quote = 'with an email address and the hive number'
    expect(check({ quote, url })).toMatchObject({ verdict: 'found' })
    expect(check({ quote, url: url.replace('licence', 'hive') }).verdict).toBe('misattributed')
  })

  it('with the URL of another site, and the reason says so', async () => {
    const { check } = await verifierOver()
    const quote = 'with an email address and the hive number'
    const path = '/guides/licence?lang=en'
    const reasonOf = (url: string) => check({ quote, url }).reason
    expect(reasonOf(`https://elsewhere.example${path}`)).toContain(
      'https://elsewhere.example is not the address of this service',
    )
    expect(reasonOf(`https://guides.example${path}`)).not.toContain('address of this service')
    expect(reasonOf(path)).not.toContain('address of this service')
  })

  it('in the guide of a passage that no longer exists, and the reason says so', async () => {
    const { check, content } = await verifierOver()
    const passage = content.passages.find(({ id }) => id.startsWith('licence.en.apply'))
    const quote = 'with an email address'
    expect(check({ quote, passage: passage?.id }).reason).not.toContain('any more')
    const gone = check({ quote, passage: 'licence.en.apply.000000' })
    expect(gone).toMatchObject({ verdict: 'found' })
    expect(gone.reason).toContain('the passage "licence.en.apply.000000" no longer exists')
  })
})

describe('a quote is altered', () => {
  it.each([
    ['a digit is another', 'The counter is open from 8:00 to 15:31'],
    ['a digit is missing', 'The counter is open from 8:00 to 15:3'],
    ['a number is broken off', 'The counter is open from 8:00 to 15'],
    ['a number is broken off before its thousands', 'keeps copy B of it; see page 1'],
    ['a number is joined', 'see page 1500 or ring'],
    [
      'a list’s number is another',
      '1. Fill the form in black ink. 3. Sign each sheet of the form.',
    ],
    ['a negation is dropped', 'to 15:30, and the fee is refunded'],
    ['a negation is added', 'The counter is not open from 8:00'],
    ['a word is replaced', 'The counter is closed from 8:00 to 15:30'],
    ['words are swapped', 'The is counter open from 8:00 to 15:30'],
    ['a word is dropped', 'The counter open from 8:00 to 15:30'],
    ['a negating prefix is cut off', 'insured at this counter today'],
    ['a comma is another', 'from 8:00 to 15:30; and the fee is never refunded'],
  ])('when %s', async (_, quote) => {
    const result = await verdictOf(quote)
    expect(result.verdict).toBe('altered')
    expect(result.similarity).toBeLessThan(1)
    expect(result.similarity).toBeGreaterThan(0.5)
    expect(result.places).toHaveLength(1)
  })

  it('and the nearest text shows the word that was changed', async () => {
    const result = await verdictOf('The counter is open from 8:00 to 15:31')
    expect(result.places[0]?.text).toBe('The counter is open from 8:00 to 15:30')
  })

  it('when any digit of the sample is changed to any other', async () => {
    const { check, content } = await verifierOver()
    const guide = content.guides.find(({ meta }) => meta.id === 'marked')
    const text = guide?.text ?? ''
    const digits = [...text.matchAll(/\d/g)].map((match) => match.index)
    for (const at of digits) {
      const digit = (Number(text[at]) + 1) % 10
      const from = text.lastIndexOf('\n', at) + 1
      const line = text.slice(from, text.indexOf('\n', at))
      const quote = line.slice(0, at - from) + digit + line.slice(at - from + 1)
      expect({ quote, verdict: check({ quote, guide: 'marked' }).verdict }).toEqual({
        quote,
        verdict: 'altered',
      })
    }
  })
})

describe('a quote is stitched', () => {
  it('and the few words that it leaves out are shown: they may be the ones that matter', async () => {
    const result = await verdictOf('and the fee is … refunded. Nobody is')
    expect(result.verdict).toBe('stitched')
    expect(result.reason).toContain('with text left out: "never"')
    const far = await verdictOf('Fill the form in black ink … Nobody is uninsured')
    expect(far.reason).toMatch(/with text left out$/)
  })

  it.each([
    ['joined', 'Fill the form in black ink the fee is never refunded'],
    ['joined', 'Fill the form in black ink. The counter is open from 8:00'],
    ['with an ellipsis', 'The clerk says … the fee is never refunded'],
    ['with dots', 'The clerk says... the fee is never refunded'],
    ['with dots in brackets', 'The clerk says [...] the fee is never refunded'],
    [
      'in another order',
      'The counter is open from 8:00 to 15:30 The clerk says yes to every complete form',
    ],
  ])('when two pieces of a guide are %s: %s', async (_, quote) => {
    const result = await verdictOf(quote)
    expect(result.verdict).toBe('stitched')
    expect(result.places).toHaveLength(2)
  })

  it('but not when the pieces are from two guides', async () => {
    const result = await verdictOf(
      'The counter is open from 8:00 to 15:30 Apply for the beekeeping licence online with an email address',
    )
    expect(result.verdict).not.toBe('stitched')
  })
})

describe('a quote is not found', () => {
  it.each([
    'Quantum chromodynamics describes the strong interaction of quarks.',
    '...',
    '???',
    'zebra',
    'unt',
  ])('when nothing comes near: %s', async (quote) => {
    expect(await verdictOf(quote)).toMatchObject({ verdict: 'not_found', places: [] })
  })

  it('and the reason names a guide that does not exist', async () => {
    const { check } = await verifierOver()
    const missing = check({ quote: 'The counter is open from 8:00', guide: 'nowhere' })
    expect(missing.verdict).toBe('misattributed')
    expect(missing.reason).toContain('guide "nowhere" (en and es), which does not exist')
    const foreign = check({ quote: 'The counter is open from 8:00', url: 'https://x.example/y' })
    expect(foreign.verdict).toBe('misattributed')
    expect(foreign.reason).toContain('not that of a guide')
  })
})

describe('scanning', () => {
  it('gives tokens in order with offsets inside the text, and ends for any input', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), markdown), (text) => {
        let at = 0
        for (const { start, end } of scan(text).tokens) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(at).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  it('sorts all suffixes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 60 }), (list) => {
        const suffixes = toSuffixArray(Int32Array.from(list))
        const key = (at: number) => list.slice(at).join('')
        const sorted = list.map((_, i) => i).sort((a, b) => (key(a) < key(b) ? -1 : 1))
        expect([...suffixes]).toEqual(sorted)
      }),
    )
  })

  it('finds every run of whole words of a guide where it is', async () => {
    const { library, verifier } = await sampleRetriever()
    const guide = library.guide('licence', 'en')
    const text = guide?.text ?? ''
    const words = [...text.matchAll(/[^\s]+/g)].filter((match) => /\p{L}/u.test(match[0]))
    fc.assert(
      fc.property(fc.nat(words.length - 1), fc.nat(30), (first, length) => {
        const last = Math.min(words.length - 1, first + length)
        const end = (words[last]?.index ?? 0) + (words[last]?.[0].length ?? 0)
        const quote = text.slice(words[first]?.index, end)
        const [result] = verifier.verify({ citations: [{ quote, guide: 'licence' }] }).results
        expect({ quote, verdict: result?.verdict }).toEqual({ quote, verdict: 'found' })
        expect(result?.places[0]?.text).toBe(quote)
      }),
    )
  })
})
