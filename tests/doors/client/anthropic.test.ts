import type Anthropic from '@anthropic-ai/sdk'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromAnthropicCitations } from '../../../src/doors/client/anthropic.ts'
import type { Passage } from '../../../src/engine/core/passage.ts'
import { retrievalRequestSchema } from '../../../src/engine/core/retrieval.ts'
import {
  searchResultsResponseSchema,
  toBlockSpans,
  toSearchResults,
} from '../../../src/engine/core/search-result.ts'
import { sampleRetriever } from '../../fixtures/built-index.ts'
import { markdown } from '../../fixtures/random-markdown.ts'
import { realGuides } from '../../fixtures/real-guides.ts'
import { toSentences } from '../../fixtures/sentences.ts'

async function ask(query: string) {
  const { retriever, library } = await sampleRetriever()
  const answer = await retriever.retrieve(retrievalRequestSchema.parse({ query }))
  return { answer, library }
}

/** An answer that holds given passages, as the retriever makes it. */
async function answersOver() {
  const { answer } = await ask('register hive')
  const { snapshot, library } = await realGuides()
  const answerWith = (passages: readonly Passage[]) =>
    toSearchResults(
      {
        ...answer,
        passages: passages.map((passage, i) => {
          const guide = library.guide(passage.guideId, passage.language)
          if (!guide) throw new Error('no guide')
          const { id, text, language, tokens, headingPath } = passage
          return {
            ...{ id, text, language, tokens, headingPath },
            rank: i + 1,
            score: 1,
            guide: library.link(guide.meta),
            citation: library.cite(passage, `c${i + 1}`),
          }
        }),
      },
      toSentences,
    )
  return { snapshot, library, answerWith }
}

describe('an answer as search results', () => {
  it('has the type of the Messages API and our schema, one result for each passage', async () => {
    const { answer } = await ask('beekeeping licence apply online')
    const translated = toSearchResults(answer, toSentences)
    expect(searchResultsResponseSchema.parse(translated)).toEqual(translated)
    // Compiles only while the SDK's types take our blocks, at both places where the API does.
    const blocks: Anthropic.SearchResultBlockParam[] = translated.content
    const message: Anthropic.MessageParam = { role: 'user', content: blocks }
    const result: Anthropic.ToolResultBlockParam = {
      type: 'tool_result',
      tool_use_id: 'toolu_1',
      content: blocks,
    }
    expect([message.content, result.content]).toEqual([translated.content, translated.content])
    expect(translated.content).toHaveLength(answer.passages.length)
    expect(answer.passages.length).toBeGreaterThan(0)
  })

  it('is empty with its answerability when the corpus holds no answer', async () => {
    const { answer } = await ask('zzz qqq xxx')
    const translated = toSearchResults(answer, toSentences)
    expect(translated).toMatchObject({
      content: [],
      sources: [],
      answerability: { verdict: 'not_in_corpus' },
      index: answer.index,
    })
  })

  it('cuts any text into blocks that are the text again, none of them blank', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, fc.string()), (text) => {
        const spans = toBlockSpans(text, toSentences)
        if (text.trim() === '') {
          expect(spans).toEqual([])
          return
        }
        const blocks = spans.map(({ start, end }) => text.slice(start, end))
        expect(blocks.join('')).toBe(text)
        for (const block of blocks) expect(block.trim()).not.toBe('')
      }),
    )
  })

  it('makes a block of each table row and each sentence', () => {
    const text =
      '| a | b. C |\n| --- | --- |\n| One. Two. | x |\n\nFirst one. Second one.\n- Third. Fourth.'
    const blocks = toBlockSpans(text, toSentences).map(({ start, end }) => text.slice(start, end))
    expect(blocks).toEqual([
      '| a | b. C |\n',
      '| --- | --- |\n',
      '| One. Two. | x |\n\n',
      'First one. ',
      'Second one.\n',
      '- Third. ',
      'Fourth.',
    ])
  })
})

describe('Claude’s citations', () => {
  it('become ours: every pair of blocks of every real passage is a slice of its guide', async () => {
    const { snapshot, library, answerWith } = await answersOver()
    let pairs = 0
    for (let i = 0; i < snapshot.passages.length; i += 5) {
      const passages = snapshot.passages.slice(i, i + 5)
      const answer = answerWith(passages)
      for (const [index, result] of answer.content.entries()) {
        const { guideId, language } = passages[index] ?? {}
        const guide = library.guide(guideId ?? '', language)
        for (let start = 0; start < result.content.length; start++) {
          for (let end = start + 1; end <= result.content.length; end++) {
            const cited_text = result.content
              .slice(start, end)
              .map((block) => block.text)
              .join('')
            const location: Anthropic.CitationsSearchResultLocation = {
              type: 'search_result_location',
              search_result_index: index,
              start_block_index: start,
              end_block_index: end,
              cited_text,
              source: result.source,
              title: result.title,
            }
            const [ours] = fromAnthropicCitations([answer], [location])
            expect(guide?.text.slice(ours?.start, ours?.end)).toBe(cited_text)
            expect(ours?.quote).toBe(cited_text)
            expect(ours?.guideSha256).toBe(guide?.sha256)
            pairs++
          }
        }
      }
    }
    expect(pairs).toBeGreaterThan(2000)
  })

  it('count over all answers of a conversation, and those of documents are left out', async () => {
    const { snapshot, answerWith } = await answersOver()
    const first = answerWith(snapshot.passages.slice(0, 2))
    const second = answerWith(snapshot.passages.slice(2, 5))
    const cited = second.content[1]
    const location = {
      type: 'search_result_location',
      search_result_index: 3,
      start_block_index: 0,
      end_block_index: 1,
      cited_text: cited?.content[0]?.text.trim() ?? '',
      source: cited?.source ?? '',
      title: null,
    } as const
    const foreign = { type: 'char_location' }
    const ours = fromAnthropicCitations([first, second], [foreign, location])
    expect(ours).toHaveLength(1)
    expect(ours[0]?.start).toBe(snapshot.passages[3]?.start)
  })

  it('that lead outside or to other words are refused', async () => {
    const { snapshot, answerWith } = await answersOver()
    const answer = answerWith(snapshot.passages.slice(0, 1))
    const right = {
      type: 'search_result_location',
      search_result_index: 0,
      start_block_index: 0,
      end_block_index: 1,
      cited_text: answer.content[0]?.content[0]?.text ?? '',
      source: answer.content[0]?.source ?? '',
      title: null,
    } as const
    expect(fromAnthropicCitations([answer], [right])).toHaveLength(1)
    for (const wrong of [
      { search_result_index: 1 },
      { source: 'https://elsewhere.example' },
      { end_block_index: 99 },
      { start_block_index: 1 },
      { start_block_index: -1 },
      { cited_text: 'something else' },
    ]) {
      expect(() => fromAnthropicCitations([answer], [{ ...right, ...wrong }])).toThrow(
        'every answer of the conversation',
      )
    }
  })
})
