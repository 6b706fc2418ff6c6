import { beforeAll, describe, expect, it } from 'vitest'
import type { GuideFile } from '../../../src/engine/guides/front-matter.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { readCorpus } from '../../../src/start/build.ts'
import { lintGuide } from '../../../workshop/corpus/lint.ts'
import { guideFile, lineOf } from '../../fixtures/guide-file.ts'

/** The guide of the tests with one more block before the section on costs; in Spanish without its English words. */
function withBlock(block: string, language: 'en' | 'es' = 'en'): GuideFile {
  const { path, content } = guideFile([['language: en', `language: ${language}`]])
  const own = language === 'en' ? content : content.replace('Online', 'Web').replaceAll('email', '')
  return { path, content: own.replace('## What it costs', () => `${block}\n\n## What it costs`) }
}

/** The messages about one block, each on the line where the block begins to be wrong. */
function remarksOn(block: string, language: 'en' | 'es' = 'en'): string[] {
  return lintGuide(withBlock(block, language), PROFILES).map(({ message }) => message)
}

function expectFound(block: string, words: string, language: 'en' | 'es' = 'en') {
  const remarks = remarksOn(block, language)
  expect(remarks, block).toHaveLength(1)
  expect(remarks[0]).toContain(words)
}

function expectClean(block: string, language: 'en' | 'es' = 'en') {
  expect(remarksOn(block, language), block).toEqual([])
}

it.each([
  ['Yes, you can renew it.[^imss]', 'en'],
  ['No: the card is not enough.[^imss]', 'en'],
  ['Probably not, says a paper.[^imss]', 'en'],
  ['Sí, puedes renovarla.[^imss]', 'es'],
  ['No, con la tarjeta no basta.[^imss]', 'es'],
] as const)('refuses a passage that opens with a bare answer: %s', (block, language) => {
  expectFound(block, 'cannot stand alone', language)
})

const wordsInARow = (count: number) => `The ${'word '.repeat(count - 2)}ends`

describe('the lint of a guide', () => {
  it('finds nothing in a good guide', () => {
    expect(lintGuide(guideFile(), PROFILES)).toEqual([])
  })

  it('names the line in the file, also below comments and inside a paragraph of several lines', () => {
    const file = withBlock('<!-- one\ntwo -->\n\nThe office\nasks for towards\nand more.[^imss]')
    expect(lintGuide(file, PROFILES)).toEqual([
      { path: file.path, line: lineOf(file, 'asks for towards'), message: expect.any(String) },
    ])
  })

  it('names the line of a front matter value', () => {
    const file = guideFile([['Which route, What does', 'Which online e-mail, What does']])
    expect(lintGuide(file, PROFILES)).toEqual([
      expect.objectContaining({ line: lineOf(file, 'coreQuestions') }),
    ])
  })

  it('sorts what it finds by line', () => {
    const file = withBlock('## Notes\n\nIt is also free.[^imss]\n\nTwo CURPs.[^imss]')
    const lines = lintGuide(file, PROFILES).map(({ line }) => line)
    expect(lines).toHaveLength(3)
    expect(lines).toEqual([...lines].sort((a, b) => a - b))
  })
})

describe('long sentences', () => {
  it('are those of more than 35 words, in paragraphs, items and cells', () => {
    expectFound(`${wordsInARow(36)}.[^imss]`, 'sentence of 36 words')
    expectFound(`- Short.[^imss]\n- ${wordsInARow(36)}.[^imss]`, 'sentence of 36 words')
    expectFound(`| A | B |\n| --- | --- |\n| x | ${wordsInARow(40)} [^imss] |`, 'of 40 words')
  })

  it('are not those of 35, nor two sentences, nor do source marks count', () => {
    expectClean(`${wordsInARow(35)}.[^imss] [^news]`)
    expectClean(`${wordsInARow(30)}. ${wordsInARow(30)}.[^imss]`)
  })
})

describe('long paragraphs', () => {
  const sentence = `${wordsInARow(30)}.`
  it('are those of more than 120 words', () => {
    expectFound(`${sentence} ${sentence} ${sentence} ${sentence} One.[^imss]`, 'of 121 words')
  })

  it('are not those of 120 words, nor lists of short items', () => {
    expectClean(`${sentence} ${sentence} ${sentence} ${sentence}[^imss]`)
    expectClean(`${`- ${sentence}[^imss]\n`.repeat(6)}`)
  })
})

describe('headings that are not findable', () => {
  it('hold no word but empty ones', () => {
    for (const heading of ['Notes', 'Overview', 'General', 'More information', 'Other notes'])
      expectFound(`## ${heading}\n\nThe office is open.[^imss]`, `heading "${heading}"`)
    for (const heading of ['Notas', 'Información general', 'Más detalles'])
      expectFound(`## ${heading}\n\nLa oficina abre.[^imss]`, `heading "${heading}"`, 'es')
  })

  it('are not those that name a subject', () => {
    for (const heading of ['Notes on the NSS', 'What to bring', 'General power of attorney'])
      expectClean(`## ${heading}\n\nThe office is open.[^imss]`)
    expectClean('## Requisitos del NSS\n\nLa oficina abre.[^imss]', 'es')
  })
})

describe('blocks that cannot stand alone', () => {
  it('begin with words that lean on the block before', () => {
    const openings = [
      'This also applies to minors.',
      'It is also free.',
      'As above, bring the card.',
      'See below for the hours.',
      'The latter is free.',
      'The same applies to children.',
      'They need a card.',
      'In that case, go to the counter.',
      'Also bring a copy.',
    ]
    for (const opening of openings) {
      expectFound(`${opening}[^imss]`, 'cannot stand alone')
      expectFound(`- **${opening}**[^imss]`, 'cannot stand alone')
    }
  })

  it('do so in Spanish as well', () => {
    const openings = [
      'Esto también vale para menores.',
      'También aplica a menores.',
      'Como se dijo, lleva la tarjeta.',
      'Dicho trámite es gratuito.',
      'Lo anterior aplica a todos.',
      'Ver abajo el horario.',
      'En ese caso, acude a la ventanilla.',
      'Este es gratuito.',
    ]
    for (const opening of openings) expectFound(`${opening}[^imss]`, 'cannot stand alone', 'es')
  })

  it('are not those that begin with their subject', () => {
    const openings = [
      'This guide covers the NSS.',
      'These offices close early.',
      'It is false that the NSS needs a visa.',
      'It follows that the card is enough.',
      'The same card serves twice.',
      'Its price is known.',
      'See the office directory.',
    ]
    for (const opening of openings) expectClean(`${opening}[^imss]`)
    const spanish = [
      'Esta guía trata del NSS.',
      'Es falso que haga falta visa.',
      'También los menores lo piden.',
      'Está abierto el lunes.',
      'Como comprobante sirve el recibo.',
      'El mismo documento sirve dos veces.',
    ]
    for (const opening of spanish) expectClean(`${opening}[^imss]`, 'es')
  })
})

describe('numbers without a source', () => {
  it('are digits in a paragraph, item or row without a mark of its own', () => {
    expectFound('The fee is 1,500 pesos.\n\nMore.[^imss]', 'number without a source')
    expectFound('- Item 1.\n- Another item.[^imss]', 'number without a source')
    expectFound('| A | B |\n| --- | --- |\n| x | 8:00 |', 'number without a source')
  })

  it('are not those with a mark, in a heading or in the header row over marked rows', () => {
    expectClean('## The fee in 2026\n\nThe fee is 1,500 pesos.[^imss]')
    expectClean('| A | Fee in 2026 |\n| --- | --- |\n| x | 8:00 [^imss] |')
    expectClean('The fee changes every year.')
  })
})

describe('ASCII Spanish', () => {
  it('is a known word or ending without its accent, or a substitute for ñ', () => {
    const cases: Record<string, string> = {
      tramite: 'trámite',
      numero: 'número',
      Clinica: 'clínica',
      anio: 'año',
      correccion: 'corrección',
      pension: 'pensión',
      tambien: 'también',
      ninos: 'niños',
    }
    for (const [ascii, remedy] of Object.entries(cases))
      expectFound(`El texto dice ${ascii} aquí.[^imss]`, `"${ascii}": write "${remedy}"`, 'es')
  })

  it('is a question or exclamation that is not opened', () => {
    expectFound('## Quién puede ir?\n\nTodos van.[^imss]', 'without "¿"', 'es')
    expectFound('La pregunta ¿quién va? es otra. Quién paga?[^imss]', 'without "¿"', 'es')
    expectFound('La oficina cierra hoy![^imss]', 'without "¡"', 'es')
  })

  it('is not in English guides, in addresses and code, nor in words of their own', () => {
    expectClean('The word tramite is not English, is it?[^imss]')
    expectClean('La página es imss.gob.mx/tramites/numero?id=x o `tramite`.[^imss]', 'es')
    expectClean('El IMSS publica la regla; pide que se tramite la CURP.[^imss]', 'es')
    expectClean('La persona que tramite el alta lleva pensiones y correcciones.[^imss]', 'es')
    expectClean('La oficina pregunta: ¿quién va? ¿Y quién paga?[^imss]', 'es')
  })
})

describe('terms spelled in two ways', () => {
  it('are found with the spelling to use', () => {
    const cases: Record<string, string> = {
      'naturalisation letter': '"naturalisation": write "naturalization"',
      'Recognises papers': '"Recognises": write "recognizes"',
      'sub-delegación': 'write "subdelegación"',
      Modalidad33: 'write "Modalidad 33"',
      'IMSS digital': 'write "IMSS Digital"',
      'two CURPs': '"CURPs": write "CURP"',
      'IMSS-BIENESTAR': 'write "IMSS-Bienestar"',
    }
    for (const [spelling, remedy] of Object.entries(cases))
      expectFound(`Here stands ${spelling} at the end.[^imss]`, remedy)
    expectFound('Escribe por email a la oficina.[^imss]', 'write "correo electrónico"', 'es')
  })

  it('are not the spelling itself, parts of other words, or addresses', () => {
    expectClean('A naturalization letter, the subdelegación and IMSS Digital serve.[^imss]')
    expectClean('Programmes enrolled at imss.gob.mx/imss-digital/curps or `CURPs`.[^imss]')
    expectClean('Imssist and Aforement are other words.[^imss]')
  })
})

describe('the real corpus', () => {
  let guides: readonly GuideFile[] = []
  beforeAll(async () => {
    guides = (await readCorpus('corpus')).guides
  })

  it('has no findings', () => {
    expect(guides.flatMap((file) => lintGuide(file, PROFILES))).toEqual([])
  })
})
