import { describe, expect, it } from 'vitest'
import { retrievalRequestSchema } from '../../../src/engine/core/retrieval.ts'

const accepts = (input: unknown) => retrievalRequestSchema.safeParse(input).success
const query = 'How do I get an NSS?'

describe('a retrieval request', () => {
  it('needs nothing but the query and fills in the rest', () => {
    expect(retrievalRequestSchema.parse({ query })).toEqual({
      query,
      limit: 5,
      maxTokens: 1500,
      minAuthority: 'secondary',
      quickScan: true,
      explain: false,
      format: 'json',
    })
  })

  it('takes a query of 1 to 1,000 characters and counts an emoji as one', () => {
    expect(accepts({ query: 'x' })).toBe(true)
    expect(accepts({ query: 'x'.repeat(1000) })).toBe(true)
    expect(accepts({ query: '🩺'.repeat(1000) })).toBe(true)
    expect(accepts({ query: 'x'.repeat(1001) })).toBe(false)
    expect(accepts({ query: '🩺'.repeat(1001) })).toBe(false)
  })

  it.each(['', '   ', '\n\t', 'a\u0000b', 'a\u001bb', 'a\u007f', 'a\ud800', '\udc00a'])(
    'refuses the query %j',
    (bad) => {
      expect(accepts({ query: bad })).toBe(false)
    },
  )

  it('allows tabs and line breaks inside a query', () => {
    expect(accepts({ query: 'one\ttwo\r\nthree' })).toBe(true)
  })

  it.each([
    ['limit', [1, 20], [0, 21, 1.5, '5', null, Number.NaN]],
    ['maxTokens', [100, 8000], [99, 8001, 100.5, Number.POSITIVE_INFINITY]],
    ['languages', [['en'], ['es'], ['en', 'es']], [[], ['fr'], ['en', 'es', 'en'], 'en']],
    ['guides', [['nss'], ['nss', 'curp']], [[], [''], ['x'.repeat(81)], 'nss']],
    ['minAuthority', ['secondary', 'law', 'official'], ['any', '']],
    ['quickScan', [true, false], ['true', 1]],
    ['explain', [true, false], ['false', 0]],
    ['format', ['json'], ['xml']],
  ])('holds %s to its limits', (field, good, bad) => {
    for (const value of good) expect(accepts({ query, [field]: value }), `${value}`).toBe(true)
    for (const value of bad) expect(accepts({ query, [field]: value }), `${value}`).toBe(false)
  })

  it('refuses unknown fields, a missing query and input that is not an object', () => {
    for (const bad of [{ query, top_k: 3 }, {}, { query: 5 }, null, 'nss', [query]])
      expect(accepts(bad)).toBe(false)
  })
})
