/** The service with one part taken away, to see what the part is worth: each asked through the same retriever. */
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

/** What differs from the full system. */
export type Variant = { readonly snapshot: Snapshot } & Partial<
  Pick<SearchParts, 'vectorIndex' | 'lexicalIndex' | 'reorder' | 'tieBreak'>
> & { readonly withoutModel?: boolean }

export type EmbedPassages = (
  passages: readonly Embeddable[],
) => Promise<{ readonly vectors: readonly Float32Array[] }>

export type Ablation = {
  readonly name: string
  /** What was taken away, in words. */
  readonly about: string
  make(snapshot: Snapshot, embedPassages: EmbedPassages): Promise<Variant>
}

const SCORES_ALONE = { guideSupportWeight: 0, sourceTieMargin: 0, sameFactMargin: 0 }

export const ABLATIONS: readonly Ablation[] = [
  {
    name: 'vectors alone',
    about: 'no lexical side: the cosine decides, read against its language as always',
    make: async (snapshot) => ({ snapshot, lexicalIndex: silentLexicalIndex(snapshot) }),
  },
  {
    name: 'words alone',
    about: 'no embedding model: what the service answers when its model is missing',
    make: async (snapshot) => ({ snapshot, withoutModel: true }),
  },
  {
    name: 'fusion by rank',
    about:
      'reciprocal rank fusion of the same two sides instead of bounded scores, and nobody led: its scores are all near',
    make: async (snapshot) => ({ snapshot, reorder: byReciprocalRank, tieBreak: SCORES_ALONE }),
  },
  {
    name: 'no guide lead',
    about: 'scores alone decide which passage comes first',
    make: async (snapshot) => ({ snapshot, tieBreak: { guideSupportWeight: 0 } }),
  },
  {
    name: 'no official first',
    about: 'no advantage for official text among near scores',
    make: async (snapshot) => ({ snapshot, tieBreak: { sourceTieMargin: 0, sameFactMargin: 0 } }),
  },
  {
    name: 'no headings',
    about: 'no title and heading path before the text, neither in vectors nor in words',
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
    about: 'without the questions that authors expect for a section',
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
    about: 'words alone on the lexical side',
    make: async (snapshot) => ({
      snapshot,
      lexicalIndex: createLexicalIndex(snapshot.lexical, { languages: PROFILES }),
    }),
  },
  {
    name: 'no typo tolerance',
    about: 'words that the guides do not hold are not read as near ones',
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
    about: 'without the bilingual table of terms that mean the same',
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

/** The index of changed passages or guides: words and vectors are made again from what is left. */
async function rebuilt(snapshot: Snapshot, embedPassages: EmbedPassages): Promise<Variant> {
  const { passages, guides } = snapshot
  const questionsOf = expectedQuestionsOf(passages, guides, PROFILES)
  const { dimensions, ids } = snapshot.vectors
  const { vectors } = await embedPassages(
    passages.map((passage) => toEmbeddable(passage, questionsOf(passage))),
  )
  const data = new Float32Array(passages.length * dimensions)
  for (const [i, vector] of vectors.entries()) data.set(vector, i * dimensions)
  const lexical = buildLexicalSnapshot(lexicalDocuments(passages, guides, PROFILES), PROFILES)
  const table = { ids, dimensions, data }
  const means = toLanguageMeans(
    table,
    passages.map(({ language }) => language),
  )
  return {
    snapshot: { ...snapshot, lexical, means },
    vectorIndex: createFlatIndex({ ...table, facets: facetsOf(snapshot) }),
  }
}

/** The index's analysis of the question, but nothing found. */
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
