import { describe, expect, it } from 'vitest'
import type { QuestionLanguage } from '../../../src/engine/core/language.ts'
import { createCollapse } from '../../../src/engine/search/collapse.ts'
import type { Candidate } from '../../../src/engine/search/fusion.ts'
import { candidate } from './candidates.ts'

const collapse = (candidates: readonly Candidate[], language: QuestionLanguage) =>
  createCollapse(candidates.map((one) => one.passage))(candidates, language)
const idsOf = (kept: readonly { passage: { id: string } }[]) => kept.map((c) => c.passage.id)
const fee = (language: 'en' | 'es', fused: number, more: object = {}) =>
  candidate(fused, { id: `fee.${language}`, anchor: 'fee', language, ...more })

describe('translations of a passage', () => {
  const other = candidate(0.7, { id: 'other' })

  it("collapse into the question's language, which takes the better score", () => {
    const { kept, collapsed } = collapse([fee('en', 0.9), other, fee('es', 0.5)], 'es')
    expect(idsOf(kept)).toEqual(['fee.es', 'other'])
    expect(kept[0]?.fused).toBe(0.9)
    expect(collapsed).toEqual([{ id: 'fee.en', into: 'fee.es', why: 'translation' }])
  })

  it('keep their own score when it is the better one', () => {
    const { kept } = collapse([fee('es', 0.9), other, fee('en', 0.5)], 'es')
    expect(kept.map((c) => c.fused)).toEqual([0.9, 0.7])
  })

  it.each(['mixed', 'unknown'] as const)(
    'collapse into the better one when the question is %s',
    (language) => {
      const { kept } = collapse([fee('es', 0.9), fee('en', 0.5)], language)
      expect(idsOf(kept)).toEqual(['fee.es'])
    },
  )

  it("stay when the passage does not exist in the question's language", () => {
    const { kept, collapsed } = collapse([fee('en', 0.9)], 'es')
    expect(idsOf(kept)).toEqual(['fee.en'])
    expect(collapsed).toEqual([])
  })

  it('collapse only if guide and anchor are the same', () => {
    const elsewhere = fee('en', 0.8, { id: 'x', guideId: 'another' })
    const { kept } = collapse([fee('es', 0.9), elsewhere], 'es')
    expect(idsOf(kept)).toEqual(['fee.es', 'x'])
  })

  it('keep every passage of the winning language, in order of score', () => {
    const second = fee('es', 0.4, { id: 'fee.es.2' })
    const { kept } = collapse([fee('en', 0.9), fee('es', 0.5), second, other], 'es')
    expect(idsOf(kept)).toEqual(['fee.es', 'other', 'fee.es.2'])
    expect(kept.map((c) => c.fused)).toEqual([0.9, 0.7, 0.4])
  })
})

describe('near-duplicates', () => {
  const text =
    'The office opens at eight in the morning and closes at three in the afternoon on every working day of the week'

  it('collapse into the better passage', () => {
    const better = candidate(0.9, { id: 'a', text })
    const worse = candidate(0.8, { id: 'b', text: `${text}.` })
    const { kept, collapsed } = collapse([better, worse], 'en')
    expect(idsOf(kept)).toEqual(['a'])
    expect(collapsed).toEqual([{ id: 'b', into: 'a', why: 'near-duplicate' }])
  })

  it('stay apart when more than a fifth of their shingles differ', () => {
    const different = text.replace('closes at three', 'shuts by two')
    const { kept } = collapse(
      [candidate(0.9, { id: 'a', text }), candidate(0.8, { id: 'b', text: different })],
      'en',
    )
    expect(idsOf(kept)).toEqual(['a', 'b'])
  })

  it('are found among texts of two words, one word or none', () => {
    const { kept } = collapse(
      [
        candidate(0.9, { id: 'a', text: 'Yes' }),
        candidate(0.8, { id: 'b', text: 'yes.' }),
        candidate(0.7, { id: 'c', text: '—' }),
        candidate(0.6, { id: 'd', text: 'no' }),
      ],
      'en',
    )
    expect(idsOf(kept)).toEqual(['a', 'c', 'd'])
  })
})
