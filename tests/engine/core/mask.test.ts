import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskIdentifiers } from '../../../src/engine/core/mask.ts'

describe('masking identifiers', () => {
  it.each([
    ['mi nss es 12345678903', 'mi nss es [11]'],
    ['nss 12-34-56-7890-3 ok', 'nss [11] ok'],
    ['nss 12 34 56 7890 3.', 'nss [11].'],
    ['nss:1234567890-3', 'nss:[11]'],
    ['NSS12345678903', 'NSS[11]'],
    ['12345678903 2 preguntas', '[11] 2 preguntas'],
    ['n.º 12.34.56.7890.3', 'n.º [11]'],
    ['12\u00a034\u00a056\u00a07890\u00a03', '[11]'],
  ])('replaces an NSS: %s', (text, masked) => {
    expect(maskIdentifiers(text)).toBe(masked)
  })

  it.each([
    ['my curp is GODE561231HDFRRN09', 'my curp is [18]'],
    ['gode561231hdfrrn09?', '[18]?'],
    ['(XEXX010101HNEXXXA4)', '([18])'],
    ['curp:PEÑA900101MDFXXX03', 'curp:[18]'],
    ['ÑUÑO900101HDFXXX03 fin', '[18] fin'],
    ['GODE 561231 HDFRRN09', '[18]'],
    ['gode-561231-hdfrrn-09', '[18]'],
  ])('replaces a CURP: %s', (text, masked) => {
    expect(maskIdentifiers(text)).toBe(masked)
  })

  it.each([
    ['mi rfc es GODE561231GR8', 'mi rfc es [13]'],
    ['gode-561231-gr8?', '[13]?'],
    ['PEÑA 900101 AB1 fin', '[13] fin'],
    ['RFC:XEXX010101000', 'RFC:[13]'],
  ])('replaces an RFC: %s', (text, masked) => {
    expect(maskIdentifiers(text)).toBe(masked)
  })

  it.each([
    'call 8006232323 or 800 623 2323 or 800-623-2323',
    'articles 5-A, 12, 13, 15, 22, 159 and 177',
    'IMSS-02-008 and procedure 9210-003-201',
    'from 2024 to 2026 and 2027',
    'hours are 8:00 to 15:30, Monday to Friday',
    'internationalization of administration',
  ])('leaves phones, codes, dates and prose alone: %s', (text) => {
    expect(maskIdentifiers(text)).toBe(text)
  })

  it('never lets 11 digits in a row through, whatever surrounds them', () => {
    const digits = fc.string({
      unit: fc.constantFrom(...'0123456789'),
      minLength: 11,
      maxLength: 11,
    })
    const around = fc.string({ unit: fc.constantFrom('a', 'Ñ', ' ', ',', '?', ':', '(') })
    fc.assert(
      fc.property(around, digits, around, (before, nss, after) => {
        expect(maskIdentifiers(`${before}${nss}${after}`)).toBe(`${before}[11]${after}`)
      }),
    )
  })
})
