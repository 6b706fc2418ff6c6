import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { questionLanguageSchema } from '../../../src/engine/core/language.ts'
import { PROPER_NAMES } from '../../../src/engine/languages/names.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { createLanguageDetector } from '../../../src/engine/lexical/language-detector.ts'
import { isDev } from '../../../workshop/evaluation/split.ts'

const detectLanguage = createLanguageDetector(PROFILES)

/** As people type them; one a line. */
const questionsIn = (language: string) =>
  readFileSync(`tests/fixtures/questions/${language}.txt`, 'utf8').trim().split('\n')

const askedSchema = z.object({ id: z.string(), text: z.string(), language: questionLanguageSchema })

/** The half of the evaluation's questions that may be tuned on. */
async function devQuestions(): Promise<z.infer<typeof askedSchema>[]> {
  const folder = 'eval/questions'
  const lines = readdirSync(folder).flatMap((name) =>
    readFileSync(`${folder}/${name}`, 'utf8').trim().split('\n'),
  )
  const asked = lines.map((line) => askedSchema.parse(JSON.parse(line)))
  const dev = await Promise.all(asked.map(({ id }) => isDev(id)))
  return asked.filter((_, i) => dev[i])
}

describe('the language of a question', () => {
  it.each(['en', 'es', 'mixed', 'unknown'])('is found for 95 of 100 in %s', (language) => {
    const questions = questionsIn(language)
    expect(questions).toHaveLength(60)
    const wrong = questions.filter((question) => detectLanguage(question) !== language)
    expect(wrong.length / questions.length, wrong.join('\n')).toBeLessThanOrEqual(0.05)
  })

  it('is found for 97 of 100 questions of the evaluation', async () => {
    const questions = await devQuestions()
    expect(questions.length).toBeGreaterThan(200)
    const wrong = questions.filter(({ text, language }) => detectLanguage(text) !== language)
    const report = wrong.map(({ text }) => `${detectLanguage(text)}: ${text}`).join('\n')
    expect(wrong.length / questions.length, report).toBeLessThanOrEqual(0.03)
  })

  it('does not depend on the names of offices and procedures', () => {
    for (const name of PROPER_NAMES) expect(detectLanguage(`${name} ${name}`), name).toBe('unknown')
    expect(detectLanguage('modalidad 40 rate 2026 percent')).toBe('en')
    expect(detectLanguage('imss bienestar vs imss')).toBe('unknown')
    const names = fc.array(fc.constantFrom(...PROPER_NAMES), { maxLength: 4 })
    const asked = fc.constantFrom(...questionsIn('en'), ...questionsIn('es'))
    fc.assert(
      fc.property(asked, names, names, (question, before, after) => {
        const named = [...before, question, ...after].join(' ')
        expect(detectLanguage(named)).toBe(detectLanguage(question))
      }),
    )
  })

  it('is recognised by everyday words, however few', () => {
    for (const question of ['mortgage interest rate', 'IMSS clinic list', 'password reset'])
      expect(detectLanguage(question), question).toBe('en')
    for (const question of ['cuota patronal', 'vigencia de derechos', 'credencial de salud'])
      expect(detectLanguage(question), question).toBe('es')
  })

  it('stays English around the Spanish name of a document', () => {
    expect(detectLanguage('which ID do I need to get the credencial de salud')).toBe('en')
    expect(detectLanguage('where do I print my constancia de semanas cotizadas')).toBe('en')
  })

  it('does not change when capitals or accents are left out', () => {
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

  it('does not change with a borrowed word or a single slip', () => {
    expect(detectLanguage('what is a tramite and do I need it')).toBe('en')
    expect(detectLanguage('puedo sacar la curp online')).toBe('es')
  })

  it('is one of the four for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(questionLanguageSchema.safeParse(detectLanguage(text)).success).toBe(true)
      }),
    )
  })
})
