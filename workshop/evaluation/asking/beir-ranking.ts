/** Indexes a BEIR folder with the service's own parts and ranks its queries with the service's own ranking. */
import { basename } from 'node:path'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { createLangchainSplitter } from '../../../src/engine/adapters/splitters/langchain.ts'
import { chunkSections } from '../../../src/engine/chunking/chunk.ts'
import type { CountTokens, Embedder, EmbedKind } from '../../../src/engine/core/embedder.ts'
import type { EmbeddingModel } from '../../../src/engine/core/embedding-model.ts'
import type { Language } from '../../../src/engine/core/language.ts'
import { contextOf, indexedText } from '../../../src/engine/core/passage.ts'
import { createSentenceSplitter } from '../../../src/engine/core/sentences.ts'
import { toBlocks } from '../../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../../src/engine/guides/canonical.ts'
import { parseMarkdown } from '../../../src/engine/guides/markdown.ts'
import { toSections } from '../../../src/engine/guides/sections.ts'
import { type EmbedProgress, embedTexts } from '../../../src/engine/indexing/embed-texts.ts'
import { openEmbeddingCache } from '../../../src/engine/indexing/embedding-cache.ts'
import { passageVectors } from '../../../src/engine/indexing/passage-vectors.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { createLanguageDetector } from '../../../src/engine/lexical/language-detector.ts'
import type { Candidate } from '../../../src/engine/search/fusion.ts'
import type { ModelFolder } from '../../../src/start/model-folder.ts'
import { type BeirSet, readBeirFolder, takeSplit } from '../beir.ts'
import { reciprocalRankFusion } from '../rrf.ts'
import type { Split } from '../split.ts'
import type { Scored, TrecRun } from '../trec.ts'
import { type CollectionPassage, createCollectionRanker } from './collection-ranker.ts'

/** `hybrid` is the service's ranking, `dense` and `lexical` are its parts, `rrf` fuses their ranks for comparison. */
export const BEIR_SYSTEMS = ['hybrid', 'dense', 'lexical', 'rrf'] as const
type BeirSystem = (typeof BEIR_SYSTEMS)[number]

export type BeirOptions = {
  readonly system: BeirSystem
  readonly split: Split
  readonly folder: Pick<ModelFolder, 'fingerprint' | 'openTokenCounter'> & {
    readonly model: Pick<EmbeddingModel, 'dimensions'>
  }
  readonly cacheDir: string
  readonly openEmbedder: () => Promise<Embedder>
  readonly onProgress?: (what: string, ...progress: Parameters<EmbedProgress>) => void
  /** Chunk documents as guides are chunked; a document then scores as its best passage. */
  readonly chunk: boolean
}

export type BeirRanking = {
  readonly name: string
  readonly set: BeirSet
  readonly language: Language
  readonly passages: number
  readonly embedded: number
  /** Documents by query id, best first. */
  readonly rankings: TrecRun
}

/** Throws `evaluation_invalid` for a folder that is not in the BEIR layout. */
export async function rankBeirFolder(dir: string, options: BeirOptions): Promise<BeirRanking> {
  const set = await takeSplit(await readBeirFolder(dir), options.split)
  const language = languageOf(set)
  const passages = options.chunk
    ? await chunkedPassages(set, language, await options.folder.openTokenCounter())
    : set.documents.map((document) => wholePassage(document, language))
  const name = basename(dir)
  const documents = await passageVectors(passages, await embedding('passage', name, options))
  const queries = await embedTexts(
    set.queries.map((query) => query.text),
    { ...(await embedding('query', name, options)), kind: 'query' },
  )
  const vectorOf = new Map(set.queries.map((query, i) => [query.text, queries.vectors[i]]))
  const dimensions = options.folder.model.dimensions
  const ranker = createCollectionRanker(passages, documents.vectors, {
    dimensions,
    embed: async ([text = '']) => [vectorOf.get(text) ?? new Float32Array(dimensions)],
  })
  const documentOf = new Map(passages.map((passage) => [passage.id, passage.document]))
  const rankings = new Map<string, Scored[]>()
  for (const query of set.queries) {
    const { candidates } = await ranker.rank(query.text)
    rankings.set(query.id, toDocuments(rankBy(options.system, candidates), documentOf))
  }
  return {
    name,
    set,
    language,
    passages: passages.length,
    embedded: documents.embedded + queries.embedded,
    rankings,
  }
}

/** Language of the whole collection: single documents of names and numbers would be detected wrongly. */
function languageOf(set: BeirSet): Language {
  const detectLanguage = createLanguageDetector(PROFILES)
  let spanish = 0
  for (const { text } of set.documents) if (detectLanguage(text.slice(0, 1000)) === 'es') spanish++
  return spanish > set.documents.length / 2 ? 'es' : 'en'
}

function wholePassage(
  document: BeirSet['documents'][number],
  language: Language,
): CollectionPassage {
  const text = document.title ? `${document.title}\n\n${document.text}` : document.text
  return { id: document.id, language, heading: document.title, text, document: document.id }
}

async function chunkedPassages(
  set: BeirSet,
  language: Language,
  countTokens: CountTokens,
): Promise<CollectionPassage[]> {
  const toSentences = createSentenceSplitter(PROFILES)
  const splitText = createLangchainSplitter({ countTokens, toSentences })
  const passages: CollectionPassage[] = []
  for (const { id, title, text: body } of set.documents) {
    const { text } = toCanonical(body)
    const sections = toSections(toBlocks(parseMarkdown(text)).blocks, {})
    const slices = await chunkSections(text, sections, { countTokens, splitText })
    slices.forEach(({ span, section, tableHeader }, i) => {
      const heading = contextOf(title, section.headingPath)
      const context = contextOf(title, section.headingPath, tableHeader)
      const slice = text.slice(span.start, span.end)
      passages.push({
        id: `${id}#${i}`,
        language,
        heading,
        text: indexedText({ context, text: slice }),
        document: id,
      })
    })
  }
  return passages
}

/** Vectors are cached by content, so that a second run takes seconds. */
async function embedding(kind: EmbedKind, name: string, options: BeirOptions) {
  const { fingerprint, model } = options.folder
  const embedder = { fingerprint, dimensions: model.dimensions }
  return {
    cache: await openEmbeddingCache(createNodeFiles(), options.cacheDir, embedder, kind),
    openEmbedder: options.openEmbedder,
    onProgress: (done: number, total: number) =>
      options.onProgress?.(`${name} ${kind}`, done, total),
  }
}

/** Passages best first; every system is derived from the service's one ranking. */
function rankBy(system: BeirSystem, candidates: readonly Candidate<CollectionPassage>[]): Scored[] {
  const side = (rank: 'denseRank' | 'lexicalRank', score: 'cosine' | 'evidence') =>
    candidates
      .flatMap((candidate) => {
        const at = candidate[rank]
        return at === null ? [] : [{ at, id: candidate.passage.id, score: candidate[score] }]
      })
      .sort((a, b) => a.at - b.at)
  const dense = () => side('denseRank', 'cosine')
  const lexical = () => side('lexicalRank', 'evidence')
  const ranked: Record<BeirSystem, () => Scored[]> = {
    hybrid: () => candidates.map(({ passage, fused }) => ({ id: passage.id, score: fused })),
    dense,
    lexical,
    rrf: () =>
      reciprocalRankFusion([dense(), lexical()].map((ranking) => ranking.map(({ id }) => id))),
  }
  return ranked[system]()
}

/** Each document once, with the score of its best passage. */
function toDocuments(
  passages: readonly Scored[],
  documentOf: ReadonlyMap<string, string>,
): Scored[] {
  const best = new Map<string, number>()
  for (const { id, score } of passages) {
    const document = documentOf.get(id) ?? id
    if (!best.has(document)) best.set(document, score)
  }
  return [...best].map(([id, score]) => ({ id, score }))
}
