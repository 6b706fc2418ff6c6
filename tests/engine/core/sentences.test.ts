import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toSentences } from '../../fixtures/sentences.ts'

const sentencesOf = (text: string) =>
  toSentences(text).map((span) => text.slice(span.start, span.end))

describe('sentences', () => {
  it.each([
    ['One. Two! Three? Four… Five', ['One.', 'Two!', 'Three?', 'Four…', 'Five']],
    ['It is free. 800 623 2323 is the number.', ['It is free.', '800 623 2323 is the number.']],
    [
      '¿Es gratis? ¡Sí! «Nada» dice. ¿Y la CURP?',
      ['¿Es gratis?', '¡Sí!', '«Nada» dice.', '¿Y la CURP?'],
    ],
    ['Él vino. Ángel no. Ñoño sí.', ['Él vino.', 'Ángel no.', 'Ñoño sí.']],
    ['He said "no." Then he left.', ['He said "no."', 'Then he left.']],
    ['**Bold.** *Next* one. (A note.) End.', ['**Bold.**', '*Next* one.', '(A note.)', 'End.']],
    ['One.\n\n  Two.', ['One.', 'Two.']],
  ])('end at full stops and marks before a new start: %s', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences)
  })

  it.each([
    'Según el Art. 15 y los arts. 22 y 159 de la ley',
    'Vive en Av. Juárez No. 5, Col. Centro, int. 3',
    'El Lic. Pérez y la Dra. Ruiz de EE. UU. vinieron',
    'Open from 8 a.m. Monday to 3 p.m. Friday',
    'Ask Mr. Smith, Inc. Ltd or St. Mary, e.g. Tel. 55',
    'Version 2.0 costs 1.50 at imss.gob.mx today',
    'so it goes on. and on',
  ])('do not end at abbreviations, numbers or before lower case: %s', (text) => {
    expect(sentencesOf(text)).toEqual([text])
  })

  it('are none in an empty text', () => {
    expect(toSentences('')).toEqual([])
    expect(toSentences(' \n\t')).toEqual([])
  })

  it('rebuild any text together with the white space between them', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'Art.',
        'One.',
        ' ',
        '\n',
        '¿Qué?',
        'p.m.',
        '"',
        '5',
        '…',
        '\u00a0',
        '\uFEFF',
        '🩺',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('')
        let at = 0
        for (const { start, end } of toSentences(text)) {
          expect(text.slice(at, start)).toMatch(/^\s*$/)
          expect(start).toBeGreaterThanOrEqual(at)
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end))
          expect(end).toBeGreaterThan(start)
          at = end
        }
        expect(text.slice(at)).toMatch(/^\s*$/)
      }),
      { numRuns: 400 },
    )
  })
})
