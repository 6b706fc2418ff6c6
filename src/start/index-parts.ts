/** Creates the library, the retriever and the verifier of one index. Runtime-neutral. */
import type { Embedder } from '../engine/core/embedder.ts'
import { messageOf } from '../engine/core/errors.ts'
import type { PointTo } from '../engine/core/fragment-search.ts'
import type { LexicalIndex } from '../engine/core/lexical-index.ts'
import type { Library } from '../engine/core/library.ts'
import { facetsOf } from '../engine/core/passage-filter.ts'
import type { Retriever } from '../engine/core/retrieval.ts'
import type { VectorIndex } from '../engine/core/vector-index.ts'
import type { Verifier } from '../engine/core/verification.ts'
import { lexicalDocuments } from '../engine/indexing/lexical-documents.ts'
import type { Snapshot } from '../engine/indexing/snapshot.ts'
import { PROFILES } from '../engine/languages/registry.ts'
import { createLexicalIndex } from '../engine/lexical/bm25.ts'
import { createLanguageDetector } from '../engine/lexical/language-detector.ts'
import { createLibrary } from '../engine/library/library.ts'
import { createRetriever, type RetrieverDeps } from '../engine/search/retriever.ts'
import { createVerifier } from '../engine/verify/verifier.ts'

export type LibrarySettings = {
  /** Base of all citation URLs, without a trailing slash. */
  readonly baseUrl: string
  /** The clock that decides what is stale; the system clock by default. */
  readonly now?: () => Date
}

export type SearchParts = LibrarySettings & {
  /** If undefined, answers are lexical. */
  readonly embedder: Pick<Embedder, 'embed'> | undefined
  readonly vectorIndex: VectorIndex
  /** Called when embedding fails, so that a question is answered lexically. */
  readonly notice: (message: string) => void
  readonly reranker?: RetrieverDeps['reranker']
  readonly rerankerTimeoutMs?: number
  /** Replaces the index's own calibration; `lexicalIndex` likewise. */
  readonly calibration?: RetrieverDeps['calibration']
  readonly lexicalIndex?: LexicalIndex
  /** `reorder` and `tieBreak` change the order of the candidates, for ablations. */
  readonly reorder?: RetrieverDeps['reorder']
  readonly tieBreak?: RetrieverDeps['tieBreak']
}

/** An index that can be searched and read. */
export type SearchableIndex = {
  readonly snapshot: Snapshot
  readonly library: Library
  readonly retriever: Retriever
}

/** The guides and passages of an index, by id. */
export function libraryOf(snapshot: Snapshot, { baseUrl, now }: LibrarySettings): Library {
  return createLibrary({
    indexId: snapshot.manifest.id,
    guides: snapshot.guides,
    sources: new Map(snapshot.sources.map((source) => [source.id, source])),
    passages: snapshot.passages,
    baseUrl,
    now: now ?? (() => new Date()),
  })
}

/** Creates the library and the retriever of an index whose vector index is already open. */
export function searchableIndex(snapshot: Snapshot, parts: SearchParts): SearchableIndex {
  const library = libraryOf(snapshot, parts)
  const ownLexicalIndex = () =>
    createLexicalIndex(snapshot.lexical, {
      languages: PROFILES,
      documents: lexicalDocuments(snapshot.passages, snapshot.guides, PROFILES),
      facets: facetsOf(snapshot),
    })
  const retriever = createRetriever({
    library,
    passages: snapshot.passages,
    vectorIndex: parts.vectorIndex,
    lexicalIndex: parts.lexicalIndex ?? ownLexicalIndex(),
    languageMeans: snapshot.means,
    embedder: parts.embedder,
    modelId: snapshot.manifest.model,
    detectLanguage: createLanguageDetector(PROFILES),
    calibration: parts.calibration ?? snapshot.calibration,
    reorder: parts.reorder,
    tieBreak: parts.tieBreak,
    reranker: parts.reranker,
    rerankerTimeoutMs: parts.rerankerTimeoutMs,
    onDegraded: (error) => parts.notice(`a question was answered lexically: ${messageOf(error)}`),
  })
  return { snapshot, library, retriever }
}

/** Creates a verifier that checks quotes against the guides of an index. */
export function verifierOf(snapshot: Snapshot, library: Library, pointTo: PointTo): Verifier {
  const { guides, passages, manifest } = snapshot
  return createVerifier({
    guides,
    passages,
    indexId: manifest.id,
    languages: PROFILES,
    link: library.link,
    pointTo,
  })
}
