import { describe, expect, it } from 'vitest'
import type { Guide } from '../../../src/engine/core/guide.ts'
import {
  expectedQuestionsOf,
  lexicalDocuments,
} from '../../../src/engine/indexing/lexical-documents.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { buildSample } from '../../fixtures/build-sample.ts'

/** The sample with one section cut into two passages that say different things. */
async function cutSample() {
  const { content } = await buildSample()
  const [guide] = content.guides
  const passage = content.passages.find((p) => p.guideId === guide?.meta.id)
  if (!guide || !passage) throw new Error('the sample is empty')
  const make = (id: string, text: string) => ({ ...passage, id, text, anchor: 'cut' })
  const passages = [
    make('fee', 'The fee is ten pesos, paid at the bank.'),
    make('term', 'The office answers within five days.'),
  ]
  const questions = [
    'what is the fee at the bank',
    'how many days until the office answers',
    'anything?',
  ]
  const section = {
    ...guide.sections[0],
    anchor: 'cut',
    expectedQuestions: questions,
  } as Guide['sections'][number]
  return { passages, guides: [{ ...guide, sections: [section] }], questions }
}

describe('the expected questions of a section', () => {
  it('go to the passages that hold their words, and to all when no passage holds more of them', async () => {
    const { passages, guides, questions } = await cutSample()
    const [fee, term] = passages.map(expectedQuestionsOf(passages, guides, PROFILES))
    expect(fee).toEqual([questions[0], questions[2]])
    expect(term).toEqual([questions[1], questions[2]])
  })

  it('all go to every passage with a margin of one, and to the only passage of a section', async () => {
    const { passages, guides, questions } = await cutSample()
    expect(passages.map(expectedQuestionsOf(passages, guides, PROFILES, 1))).toEqual([
      questions,
      questions,
    ])
    expect(
      passages.slice(0, 1).map(expectedQuestionsOf(passages.slice(0, 1), guides, PROFILES)),
    ).toEqual([questions])
  })

  it('are indexed with the passage, and are not part of its text', async () => {
    const { passages, guides } = await cutSample()
    const [fee] = lexicalDocuments(passages, guides, PROFILES)
    expect(fee?.text).toContain('what is the fee at the bank')
    expect(fee?.text).not.toContain('how many days')
    expect(passages[0]?.text).not.toContain('what is the fee')
  })
})
