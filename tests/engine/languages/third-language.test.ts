import { describe, expect, it } from 'vitest'
import { labelsOf, languageName, longDate } from '../../../src/doors/http/pages/labels.ts'
import { retrievalRequestSchema } from '../../../src/engine/core/retrieval.ts'
import { createSentenceSplitter } from '../../../src/engine/core/sentences.ts'
import { ENGLISH } from '../../../src/engine/languages/en/profile.ts'
import type { LanguageProfile, LanguageProfiles } from '../../../src/engine/languages/profile.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { createLanguageDetector } from '../../../src/engine/lexical/language-detector.ts'
import { lintGuide } from '../../../workshop/corpus/lint.ts'
import { buildSample } from '../../fixtures/build-sample.ts'
import {
  readIndex,
  sampleRetriever,
  temporaryFolder,
  writeSample,
} from '../../fixtures/built-index.ts'
import { type GuideSpec, guideFile, SAMPLE_GUIDES, sampleCorpus } from '../../fixtures/corpus.ts'

/** A few words of Portuguese: all that another language needs, in one place. */
const PORTUGUESE: LanguageProfile = {
  code: 'pt',
  name: 'Português',
  nameIn: { en: 'Portuguese', es: 'portugués' },
  locale: 'pt-BR',
  analysis: {
    stem: (word) => word.replace(/(?:s|es)$/, ''),
    stopWords: ['o', 'os', 'a', 'as', 'um', 'uma', 'em', 'qual', 'é', 'onde', 'eu', 'da', 'do'],
    aliases: { apostille: ['selo de haia'] },
  },
  detection: {
    words: [
      'qual',
      'onde',
      'da',
      'você',
      'não',
      'preciso',
      'meu',
      'minha',
      'prazo',
      'peço',
      'licença',
    ],
    sharedWords: ['a', 'o', 'de'],
    borrowedWords: [],
    nameParticles: ['do', 'da'],
    letters: /[ãõçáéíóú]/i,
    endings: /(?:ção|ções)$/,
  },
  sentences: { abbreviations: ['exmo'], numberSigns: ['n'] },
  paths: {
    inLanguage: (name) => ` (em ${name})`,
    helps: (text) => `Ajuda a: ${text}`,
    onward: (from, to) => `Depois de ${from}, leia ${to}.`,
    planning: (to) => `${to} mostra todos os passos.`,
  },
  verification: { negations: ['nao'], reversingPrefixes: ['des'], reversingSuffixes: [] },
  labels: { ...ENGLISH.labels, ask: 'Perguntar', guides: 'Guias' },
  lint: {
    emptyHeadingWords: ['introdução'],
    leaningOpenings: [/^isso\b/i],
    terms: [{ preferred: 'e-mail', refused: ['correio eletrônico'] }],
  },
}

const LANGUAGES: LanguageProfiles = { ...PROFILES, pt: PORTUGUESE }

const GUIDES: readonly GuideSpec[] = [
  ...SAMPLE_GUIDES,
  {
    id: 'licence',
    language: 'pt',
    title: 'Licença de apicultor',
    order: 10,
    next: ['hive'],
    sections: [
      {
        heading: 'Como pedir a licença',
        anchor: 'apply',
        body: 'A licença de apicultor pede-se ao balcão com uma fotografia. O prazo não passa de doze dias, como informa o Exmo. Diretor.[^office]',
      },
      {
        heading: 'Certificados de fora',
        anchor: 'foreign-certificates',
        body: 'Um certificado estrangeiro leva o selo de Haia antes do pedido.[^law]',
      },
    ],
  },
]
const CORPUS = sampleCorpus(GUIDES)

let built: ReturnType<typeof sampleRetriever> | undefined
function service() {
  built ??= sampleRetriever({ corpus: CORPUS, languages: LANGUAGES })
  return built
}

async function ask(query: string) {
  const { retriever } = await service()
  return retriever.retrieve(retrievalRequestSchema.parse({ query, explain: true }))
}

describe('a third language that is registered', () => {
  it('gets questions asked in it answered with its own passage', async () => {
    const answer = await ask('Qual é o prazo da licença de apicultor?')
    expect(answer.language).toBe('pt')
    expect(answer.answerability.verdict).toBe('answerable')
    expect(answer.passages[0]).toMatchObject({ language: 'pt', guide: { id: 'licence' } })
    expect(answer.passages[0]?.text).toContain('doze dias')
    expect(answer.explain?.terms.pt).toEqual(['prazo', 'licenca', 'apicultor'])
    expect(answer.quickScan?.guide).toMatchObject({ id: 'licence', language: 'pt' })
  })

  it('leaves questions in the other languages to their own passages', async () => {
    expect((await ask('when does the clerk answer?')).passages[0]?.language).toBe('en')
    expect((await ask('¿cómo se solicita la licencia?')).passages[0]?.language).toBe('es')
  })

  it('shares concepts with the others through its aliases', async () => {
    const answer = await ask('which certificate needs an apostille?')
    expect(answer.passages.map(({ language }) => language)).toContain('en')
    const { content } = await service()
    expect(content.lexical.languages.pt?.terms['~apostille']).toHaveLength(2)
    expect(content.lexical.languages.en?.terms['~apostille']).toHaveLength(2)
  })

  it('is told apart from the others', () => {
    const detect = createLanguageDetector(LANGUAGES)
    expect(detect('onde peço minha licença')).toBe('pt')
    expect(detect('where do I get my licence')).toBe('en')
    expect(detect('necesito mi número')).toBe('es')
    expect(detect('preciso da licença before the deadline of this month')).toBe('mixed')
    expect(createLanguageDetector(PROFILES)('onde peço minha licença')).not.toBe('pt')
  })

  it('has its guides listed with their translations, and its links name the language of a guide in another', async () => {
    const { library } = await service()
    expect(library.languagesOf('licence')).toEqual(['en', 'es', 'pt'])
    const guide = library.guide('licence', 'pt')
    expect(guide && library.paths(guide).nextSteps[0]?.reason).toBe(
      'Depois de “Licença de apicultor”, leia “Hive registration” (em English).',
    )
  })

  it('has its quotes checked, negations and all', async () => {
    const { verifier } = await service()
    const check = (quote: string) =>
      verifier.verify({ citations: [{ quote, guide: 'licence', language: 'pt' }] }).results[0]
    expect(check('O prazo não passa de doze dias')?.verdict).toBe('found')
    expect(check('O prazo passa de doze dias')?.verdict).toBe('altered')
    expect(check('Licença inexistente, com taxa de mil pesos por colmeia')?.verdict).toBe(
      'not_found',
    )
  })

  it('has page labels, a name and a date format', () => {
    expect(labelsOf('pt', LANGUAGES).ask).toBe('Perguntar')
    expect(languageName('pt', LANGUAGES)).toBe('Português')
    expect(longDate('2026-11-23', 'pt', LANGUAGES)).toBe('23 de novembro de 2026')
  })

  it('has sentences that do not end at its abbreviations', () => {
    const text = 'Escreva ao Exmo. Diretor. Ele responde.'
    expect(createSentenceSplitter(LANGUAGES)(text)).toHaveLength(2)
    expect(createSentenceSplitter(PROFILES)(text)).toHaveLength(3)
  })

  it('is linted by its own rules', () => {
    const spec = GUIDES.find(({ language }) => language === 'pt')
    if (!spec) throw new Error('no Portuguese guide')
    const sections = [
      { heading: 'Introdução', anchor: 'intro', body: 'Isso vale sempre.[^office]' },
    ]
    const messages = lintGuide(guideFile({ ...spec, sections }), LANGUAGES).map(
      (one) => one.message,
    )
    expect(messages.some((message) => message.includes('heading "Introdução"'))).toBe(true)
    expect(messages.some((message) => message.includes('cannot stand alone'))).toBe(true)
  })

  it('is in the index on disk, and changes its fingerprint', async () => {
    const dir = temporaryFolder()
    const manifest = await writeSample(dir, { corpus: CORPUS, languages: LANGUAGES })
    const { guides, lexical } = await readIndex(dir)
    expect(guides.map(({ meta }) => `${meta.id}.${meta.language}`)).toContain('licence.pt')
    expect(Object.keys(lexical.languages)).toEqual(['en', 'es', 'pt'])
    const { content } = await buildSample()
    expect(manifest.fingerprint).not.toBe(content.manifest.fingerprint)
  })
})

it('building an index refuses a language without a profile and names it', async () => {
  await expect(buildSample({ corpus: CORPUS })).rejects.toMatchObject({
    code: 'index_mismatch',
    message: expect.stringContaining('no profile for the language "pt"'),
  })
})
