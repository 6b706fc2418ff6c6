import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLangchainSplitter } from '../../../src/engine/adapters/splitters/langchain.ts'
import { createTokenCounter } from '../../../src/engine/adapters/tokenizers/huggingface.ts'
import { chunkGuide, DEFAULT_BUDGET } from '../../../src/engine/chunking/chunk.ts'
import type { Guide } from '../../../src/engine/core/guide.ts'
import { parseFrontMatter } from '../../../src/engine/guides/front-matter.ts'
import { checkSpans } from '../../contracts/splitter.ts'
import { guideOf, markdown } from '../../fixtures/random-markdown.ts'
import { toSentences } from '../../fixtures/sentences.ts'

const MODEL = 'models/multilingual-e5-small-en-es'
const json = (name: string) => JSON.parse(readFileSync(`${MODEL}/${name}`, 'utf8'))
const countTokens = createTokenCounter(json('tokenizer.json'), json('tokenizer_config.json'))
const splitText = createLangchainSplitter({ countTokens, toSentences })

async function expectPassages(guide: Guide, budget = DEFAULT_BUDGET) {
  const passages = await chunkGuide(guide, { countTokens, splitText, budget })
  for (const passage of passages) {
    expect(guide.text.slice(passage.start, passage.end)).toBe(passage.text)
    expect(passage.tokens).toBe(countTokens(passage.text))
    if ([...passage.text].length > 1) expect(passage.tokens).toBeLessThanOrEqual(budget.max)
  }
  return passages
}

describe('chunking with the tokens of the bundled model', () => {
  it('counts without the special tokens', () => {
    expect(countTokens('')).toBe(0)
    expect(countTokens('NSS')).toBeLessThanOrEqual(3)
    expect(countTokens('número de seguridad social')).toBeLessThanOrEqual(6)
  })

  it('keeps every passage of the corpus within 220 tokens', async () => {
    const names = readdirSync('corpus/en').filter((name) => name.endsWith('.md'))
    for (const name of names) {
      const path = `corpus/en/${name}`
      const file = { path, content: readFileSync(path, 'utf8') }
      const passages = await expectPassages(await guideOf(parseFrontMatter(file).body))
      expect(passages.length).toBeGreaterThan(3)
    }
  })

  it('cuts long paragraphs, words and emoji within the budget', async () => {
    const texts = [
      'La clínica abre a las 8:00. ¿Necesitas cita? Llama al 800 623 2323. '.repeat(40),
      'CURP '.repeat(700),
      'x'.repeat(3000),
      'Asignaciónlocalización'.repeat(80),
      '🩺👩‍⚕️'.repeat(300),
      '0123456789'.repeat(100),
    ]
    for (const text of texts) {
      for (const max of [7, 60, 220]) {
        checkSpans(text, await splitText(text, max), max, countTokens)
      }
    }
  })

  it('keeps to the budget for random Markdown', async () => {
    const budget = { aimMin: 10, aimMax: 30, max: 45 }
    await fc.assert(
      fc.asyncProperty(markdown, async (body) => {
        await expectPassages(await guideOf(body), budget)
      }),
      { numRuns: 25 },
    )
  })
})
