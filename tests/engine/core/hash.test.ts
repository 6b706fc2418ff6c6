import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../../src/engine/core/hash.ts'

describe('SHA-256', () => {
  it('gives the digests that FIPS 180-4 publishes', async () => {
    expect(await sha256Hex('')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(await sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('hashes the UTF-8 bytes of a text', async () => {
    const text = 'Asignación 🩺'
    expect(await sha256Hex(text)).toBe(await sha256Hex(new TextEncoder().encode(text)))
  })

  it('agrees with Node for any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        expect(await sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'))
      }),
      { numRuns: 50 },
    )
  })
})
