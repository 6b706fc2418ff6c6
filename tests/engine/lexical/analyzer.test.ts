import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../../../src/engine/core/fold.ts'
import { ALIASES } from '../../../src/engine/languages/aliases.ts'
import { profileOf } from '../../../src/engine/languages/profile.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { createAnalyzers, mergeAliases, toStopWords } from '../../../src/engine/lexical/analyzer.ts'

const analyzers = Object.fromEntries(createAnalyzers(PROFILES))
const en = profileOf(analyzers, 'en')
const es = profileOf(analyzers, 'es')
const STOP_WORDS = toStopWords(PROFILES)
const both = [
  ['English', en],
  ['Spanish', es],
] as const

/** Whether a question shares a term with a text. */
const finds = (analyzer: typeof en, question: string, text: string) => {
  const terms = new Set(analyzer.document(text).terms)
  return analyzer.question(question).some((term) => terms.has(term))
}

describe('folding', () => {
  it('removes case and accents, composed or decomposed', () => {
    expect(fold('TRÁMITE Año Güera')).toBe('tramite ano guera')
    expect(fold('trámite'.normalize('NFD'))).toBe(fold('trámite'.normalize('NFC')))
    expect(fold('８００\u00a0６２３')).toBe('800 623')
  })

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text))
      }),
    )
  })

  it.each(both)('lets accented and plain spellings find each other in %s', (_, analyzer) => {
    for (const [a, b] of [
      ['tramite', 'trámite'],
      ['clínica', 'clinica'],
      ['AÑO', 'ano'],
      ['Vigencia', 'VIGENCIA'],
    ] as const) {
      expect(finds(analyzer, a, b)).toBe(true)
      expect(finds(analyzer, b, a)).toBe(true)
    }
  })
})

describe('stemming', () => {
  it.each([
    ['asignación', 'asignacion', 'asignaciones'],
    ['corrección', 'correccion', 'correcciones'],
    ['trámite', 'tramite', 'trámites'],
    ['derecho', 'derechos', 'Derechos'],
    ['oficina', 'oficinas', 'OFICINA'],
  ])('merges the Spanish forms %s, %s and %s', (...forms) => {
    expect(new Set(forms.flatMap((form) => es.question(form))).size).toBe(1)
  })

  it('merges apostillada, apostillado and apostilled', () => {
    const forms = ['apostillada', 'apostillado', 'apostilled', 'apostille']
    for (const analyzer of [en, es])
      expect(new Set(forms.flatMap((form) => analyzer.question(form)))).toEqual(
        new Set(['~apostille']),
      )
    expect(es.document('apostillada').terms[0]).toBe(es.document('apostillado').terms[0])
  })

  it('merges English forms', () => {
    expect(en.question('register registered registering registers')).toHaveLength(1)
    expect(en.question('requirement requirements')).toHaveLength(1)
  })

  it('leaves words with digits as they are', () => {
    expect(en.document('5as 2nds').terms).toEqual(['5as', '2nds'])
  })
})

describe('codes and numbers', () => {
  it.each(both)('lets a code be found however it is written in %s', (_, analyzer) => {
    for (const question of ['IMSS-02-008', 'imss 02 008', 'imss02008', '02-008', 'Imss 02.008'])
      expect(finds(analyzer, question, 'see (IMSS-02-008).')).toBe(true)
    expect(analyzer.document('IMSS-02-008').terms).toContain('imss02008')
  })

  it.each(both)(
    'lets every way of writing a phone number find every other in %s',
    (_, analyzer) => {
      const forms = [
        '8006232323',
        '800 623 2323',
        '800-623-2323',
        '800.623.2323',
        '800\u00a0623\u00a02323',
      ]
      for (const question of forms)
        for (const text of forms) expect(finds(analyzer, question, `call ${text} now`)).toBe(true)
    },
  )

  it('does not join short groups or lists of numbers', () => {
    expect(en.document('8:00 to 15:30').terms).toEqual(['8', '00', '15', '30'])
    expect(en.document('12, 13, 15, 22 and 159').terms).toEqual(['12', '13', '15', '22', '159'])
    expect(en.document('02 008').terms).toEqual(['02', '008'])
  })
})

describe('aliases', () => {
  it.each(both)('let every name of a thing find every other in %s', (_, analyzer) => {
    const names = [
      'NSS',
      'número de seguridad social',
      'social security number',
      'Numero del IMSS',
      'SSN',
    ]
    for (const question of names)
      for (const text of names) expect(finds(analyzer, question, text)).toBe(true)
  })

  it('replace their words in a question and stand beside them in a text', () => {
    expect(en.question('my social security number')).toEqual(['~nss'])
    expect(en.document('social security number')).toEqual({
      terms: ['social', 'secur', 'number', '~nss'],
      length: 3,
    })
  })

  it('match across line breaks and punctuation', () => {
    expect(es.question('¿Número de\nSeguridad Social?')).toEqual(['~nss'])
  })

  it('find a text that names them inside a longer name', () => {
    expect(finds(en, 'clinic', 'your family medicine clinic')).toBe(true)
    expect(finds(en, 'doctor', 'the family doctor')).toBe(true)
    expect(finds(en, 'imss', 'your IMSS number')).toBe(true)
  })

  it('count once where a longer name of the same thing holds a shorter one', () => {
    expect(en.document('phone number').terms.filter((term) => term === '~phone')).toHaveLength(1)
    expect(en.document('phone or phone').terms.filter((term) => term === '~phone')).toHaveLength(2)
  })

  it('of one language are not everyday words of the other', () => {
    expect(es.question('¿Cuáles son los requisitos?')).toEqual(es.question('requisitos'))
    expect(en.question('my son')).toEqual(['~child'])
  })

  it('are written folded, belong to one concept and are not stop words', () => {
    const owner = new Map<string, string>()
    expect(mergeAliases(PROFILES)).toEqual(ALIASES)
    for (const [concept, phrases] of Object.entries(ALIASES)) {
      for (const phrase of phrases) {
        expect(phrase).toMatch(/^[a-z0-9]+( [a-z0-9]+)*$/)
        expect(STOP_WORDS.has(phrase), phrase).toBe(false)
        expect(owner.get(phrase) ?? concept, phrase).toBe(concept)
        owner.set(phrase, concept)
      }
    }
  })
})

describe('stop words', () => {
  it.each(both)('of both languages give no terms in %s', (_, analyzer) => {
    const noise = 'what is the, how do I — ¿cómo qué el la de para con mi? whats por favor'
    expect(analyzer.question(noise)).toEqual([])
    expect(analyzer.document(noise)).toEqual({ terms: [], length: 0 })
  })

  it('do not include the words that carry meaning here', () => {
    for (const word of ['horas', 'hora', 'trabajo', 'estado', 'tiempo', 'días'])
      expect(es.question(word)).toHaveLength(1)
  })
})

describe('a question', () => {
  it('gives each term once, a text as often as it occurs', () => {
    expect(en.question('renew renew renewed')).toEqual(['renew'])
    expect(en.document('renew renew renewed').terms).toEqual(['renew', 'renew', 'renew'])
  })

  it('of symbols or another script gives no terms', () => {
    for (const text of ['', '??? 🩺', '社会保障', 'Москва']) expect(en.question(text)).toEqual([])
  })
})
