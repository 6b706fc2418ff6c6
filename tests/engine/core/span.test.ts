import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsSpan, lineAt, overlapLength, sliceSpan } from '../../../src/engine/core/span.ts'

const span = fc
  .tuple(fc.nat(40), fc.nat(40))
  .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))

describe('spans', () => {
  it('count UTF-16 units, so an emoji is two', () => {
    expect(sliceSpan('a🩺b', { start: 1, end: 3 })).toBe('🩺')
  })

  it('contain themselves and their parts, not what reaches over an edge', () => {
    expect(containsSpan({ start: 2, end: 5 }, { start: 2, end: 5 })).toBe(true)
    expect(containsSpan({ start: 2, end: 5 }, { start: 3, end: 4 })).toBe(true)
    expect(containsSpan({ start: 2, end: 5 }, { start: 1, end: 4 })).toBe(false)
    expect(containsSpan({ start: 2, end: 5 }, { start: 4, end: 6 })).toBe(false)
  })

  it('that only touch do not overlap', () => {
    expect(overlapLength({ start: 0, end: 3 }, { start: 3, end: 6 })).toBe(0)
    expect(overlapLength({ start: 0, end: 4 }, { start: 3, end: 6 })).toBe(1)
  })

  it('overlap by as many units as they share', () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        let shared = 0
        for (let i = 0; i < 41; i++) {
          if (a.start <= i && i < a.end && b.start <= i && i < b.end) shared++
        }
        expect(overlapLength(a, b)).toBe(shared)
        expect(overlapLength(b, a)).toBe(shared)
      }),
    )
  })
})

describe('the line of an offset', () => {
  it('is the number of line feeds before it plus one', () => {
    expect([0, 1, 2, 3, 4].map((offset) => lineAt('a\n\nb', offset))).toEqual([1, 1, 2, 3, 3])
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n') }), fc.nat(20), (text, at) => {
        const offset = Math.min(at, text.length)
        expect(lineAt(text, offset)).toBe(text.slice(0, offset).split('\n').length)
      }),
    )
  })
})
