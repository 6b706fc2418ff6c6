/** Ablations: runs the same retriever with one part removed, to measure what that part contributes. */
import { createFlatIndex } from '../../../src/engine/adapters/vector-indexes/flat.ts'
import { toLanguageMeans } from '../../../src/engine/core/language-means.ts'
import type { LexicalIndex } from '../../../src/engine/core/lexical-index.ts'
import { facetsOf } from '../../../src/engine/core/passage-filter.ts'
import { toEmbeddable } from '../../../src/engine/indexing/build.ts'
import {
  expectedQuestionsOf,
  lexicalDocuments,
} from '../../../src/engine/indexing/lexical-documents.ts'
import type { Embeddable } from '../../../src/engine/indexing/passage-vectors.ts'
import type { Snapshot } from '../../../src/engine/indexing/snapshot.ts'
import type { LanguageProfiles } from '../../../src/engine/languages/profile.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { buildLexicalSnapshot, createLexicalIndex } from '../../../src/engine/lexical/bm25.ts'
import type { Candidate } from '../../../src/engine/search/fusion.ts'
import type { SearchParts } from '../../../src/start/index-parts.ts'
import { reciprocalRankFusion } from '../rrf.ts'
import { toVectorTable } from './collection-ranker.ts'

/** What differs from the full system. */
export type Variant = { readonly snapshot: Snapshot } & Partial<
  Pick<SearchParts, 'vectorIndex' | 'lexicalIndex' | 'reorder' | 'tieBreak'>
> & { readonly withoutModel?: boolean }

export type EmbedPassages = (
  passages: readonly Embeddable[],
) => Promise<{ readonly vectors: readonly Float32Array[] }>

export type Ablation = {
  readonly name: string
  /** What was removed, in words. */
  readonly about: string
  make(snapshot: Snapshot, embedPassages: EmbedPassages): Promise<Variant>
}

const SCORES_ALONE = { guideSupportWeight: 0, sourceTieMargin: 0, sameFactMargin: 0 }

export const ABLATIONS: readonly Ablation[] = [
  {
    name: 'vectors alone',
    about: 'no lexical search: cosine similarity alone, relative to its language as always',
    make: async (snapshot) => ({ snapshot, lexicalIndex: silentLexicalIndex(snapshot) }),
  },
  {
    name: 'words alone',
    about: 'no embedding model: how the service answers when its model is missing',
    make: async (snapshot) => ({ snapshot, withoutModel: true }),
  },
  {
    name: 'fusion by rank',
    about:
      'reciprocal rank fusion of both searches instead of bounded scores, without near-tie breaking, since all its scores are close',
    make: async (snapshot) => ({ snapshot, reorder: byReciprocalRank, tieBreak: SCORES_ALONE }),
  },
  {
    name: 'no guide support',
    about: 'near ties are not broken in favour of the better-supported guide',
    make: async (snapshot) => ({ snapshot, tieBreak: { guideSupportWeight: 0 } }),
  },
  {
    name: 'no official first',
    about: 'near ties are not broken in favour of officially sourced passages',
    make: async (snapshot) => ({ snapshot, tieBreak: { sourceTieMargin: 0, sameFactMargin: 0 } }),
  },
  {
    name: 'no headings',
    about: 'no title and heading path before the text, neither in vectors nor in the lexical index',
    make: (snapshot, embedPassages) =>
      rebuilt(
        {
          ...snapshot,
          passages: snapshot.passages.map((passage) => ({ ...passage, context: '' })),
        },
        embedPassages,
      ),
  },
  {
    name: 'no asked questions',
    about: 'without the questions that authors listed for a section',
    make: (snapshot, embedPassages) =>
      rebuilt(
        {
          ...snapshot,
          guides: snapshot.guides.map((guide) => ({
            ...guide,
            sections: guide.sections.map((section) => ({
              ...section,
              expectedQuestions: [],
            })),
          })),
        },
        embedPassages,
      ),
  },
  {
    name: 'no character n-grams',
    about: 'the lexical index matches whole words only',
    make: async (snapshot) => ({
      snapshot,
      lexicalIndex: createLexicalIndex(snapshot.lexical, { languages: PROFILES }),
    }),
  },
  {
    name: 'no typo tolerance',
    about: 'unknown words are not matched with similar known ones',
    make: async (snapshot) => ({
      snapshot,
      lexicalIndex: createLexicalIndex(snapshot.lexical, {
        languages: PROFILES,
        documents: lexicalDocuments(snapshot.passages, snapshot.guides, PROFILES),
        tolerant: false,
      }),
    }),
  },
  {
    name: 'no alias table',
    about: 'without the bilingual table of synonyms',
    make: async (snapshot) => {
      const documents = lexicalDocuments(snapshot.passages, snapshot.guides, PROFILES)
      const languages = withoutAliases(PROFILES)
      const lexical = buildLexicalSnapshot(documents, languages)
      return { snapshot, lexicalIndex: createLexicalIndex(lexical, { languages, documents }) }
    },
  },
]

function withoutAliases(languages: LanguageProfiles<'analysis'>): LanguageProfiles<'analysis'> {
  return Object.fromEntries(
    Object.entries(languages).map(([language, { analysis }]) => [
      language,
      { analysis: { ...analysis, aliases: {} } },
    ]),
  )
}

/** Rebuilds the vector index and the lexical index for changed passages or guides. */
async function rebuilt(snapshot: Snapshot, embedPassages: EmbedPassages): Promise<Variant> {
  const { passages, guides } = snapshot
  const questionsOf = expectedQuestionsOf(passages, guides, PROFILES)
  const { dimensions, ids } = snapshot.vectors
  const { vectors } = await embedPassages(
    passages.map((passage) => toEmbeddable(passage, questionsOf(passage))),
  )
  const lexical = buildLexicalSnapshot(lexicalDocuments(passages, guides, PROFILES), PROFILES)
  const table = toVectorTable(ids, vectors, dimensions)
  const means = toLanguageMeans(
    table,
    passages.map(({ language }) => language),
  )
  return {
    snapshot: { ...snapshot, lexical, means },
    vectorIndex: createFlatIndex({ ...table, facets: facetsOf(snapshot) }),
  }
}

/** A lexical index that analyses the question as usual but finds nothing. */
function silentLexicalIndex(snapshot: Snapshot): LexicalIndex {
  const index = createLexicalIndex(snapshot.lexical, { languages: PROFILES })
  return {
    size: index.size,
    query: (text) => ({ ...index.query(text), search: async () => ({ best: [], also: [] }) }),
  }
}

export function byReciprocalRank(candidates: readonly Candidate[]): Candidate[] {
  const side = (rank: 'denseRank' | 'lexicalRank') =>
    candidates
      .filter((candidate) => candidate[rank] !== null)
      .sort((a, b) => (a[rank] ?? 0) - (b[rank] ?? 0))
      .map(({ passage }) => passage.id)
  const byId = new Map(candidates.map((candidate) => [candidate.passage.id, candidate]))
  return reciprocalRankFusion([side('denseRank'), side('lexicalRank')]).flatMap(({ id, score }) => {
    const candidate = byId.get(id)
    return candidate ? [{ ...candidate, fused: score }] : []
  })
}
