import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questionLanguageSchema } from '../../src/core/language.ts'
import { detectLanguage } from '../../src/lexical/language.ts'

/** As people type them; one a line. */
const questionsIn = (language: string) =>
  readFileSync(`tests/fixtures/questions/${language}.txt`, 'utf8').trim().split('\n')

describe('the language of a question', () => {
  it.each(['en', 'es', 'mixed', 'unknown'])('is found for 95 of 100 in %s', (language) => {
    const questions = questionsIn(language)
    expect(questions).toHaveLength(60)
    const wrong = questions.filter((question) => detectLanguage(question) !== language)
    expect(wrong.length / questions.length, wrong.join('\n')).toBeLessThanOrEqual(0.05)
  })

  it('does not hang on capitals or accents left out', () => {
    for (const question of questionsIn('es')) {
      const plain = question.normalize('NFD').replace(/\p{M}|[¿¡]/gu, '')
      expect(detectLanguage(plain), plain).toBe('es')
      expect(detectLanguage(plain.toUpperCase()), plain).toBe('es')
    }
  })

  it('is Spanish by its letters alone', () => {
    expect(detectLanguage('¿apostilla?')).toBe('es')
    expect(detectLanguage('asignación NSS')).toBe('es')
  })

  it('stays what it is with a borrowed word or one slip', () => {
    expect(detectLanguage('what is a tramite and do I need it')).toBe('en')
    expect(detectLanguage('puedo sacar la curp online')).toBe('es')
  })

  it('is one of the four for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(questionLanguageSchema.options).toContain(detectLanguage(text))
      }),
    )
  })
})
