/** The build path: corpus files in, a snapshot out, reusing whatever the previous one made from the same input. */
import { type ChunkBudget, chunkGuide, DEFAULT_BUDGET, type SplitText } from '../chunking/chunk.ts'
import type { Calibration } from '../core/calibration.ts'
import type { CountTokens, Embedder } from '../core/embedder.ts'
import { type Guide, guideKey } from '../core/guide.ts'
import { sha256Hex } from '../core/hash.ts'
import type { BuiltGuide } from '../core/index-snapshot.ts'
import { indexedText, type Passage } from '../core/passage.ts'
import type { Source } from '../core/source.ts'
import { type CorpusFiles, parseCorpus } from '../guides/corpus.ts'
import { guideFragments } from '../guides/fragments.ts'
import type { GuideFile } from '../guides/front-matter.ts'
import { knowledgePaths } from '../guides/paths.ts'
import { type LanguageProfiles, profileOf } from '../languages/profile.ts'
import { buildLexicalSnapshot } from '../lexical/bm25.ts'
import type { EmbedProgress } from './embed-texts.ts'
import type { EmbeddingCache } from './embedding-cache.ts'
import { fingerprintOf, toRecipe } from './fingerprint.ts'
import { askedQuestions, lexicalDocuments } from './lexical-documents.ts'
import { type Embeddable, passageVectors } from './passage-vectors.ts'
import type { Snapshot, SnapshotContent } from './snapshot.ts'

export type BuildOptions = {
  readonly corpus: CorpusFiles
  /** Of every language that the corpus has guides in; more are no harm. */
  readonly languages: LanguageProfiles<'analysis' | 'paths' | 'name' | 'nameIn'>
  readonly now: Date
  readonly embedder: {
    readonly fingerprint: string
    readonly modelId: string
    readonly dimensions: number
  }
  readonly openEmbedder: () => Promise<Embedder>
  /** Opened only when a guide has to be cut. */
  readonly openChunking: () => Promise<{ countTokens: CountTokens; splitText: SplitText }>
  readonly budget?: ChunkBudget
  readonly previous?: Snapshot
  readonly cache?: EmbeddingCache
  /** Fitted by `npm run fit:answerability`; shipped with the index as it is. */
  readonly calibration?: Calibration
  readonly onProgress?: EmbedProgress
}

export type BuildResult = {
  readonly content: SnapshotContent
  readonly warnings: readonly string[]
  readonly embedded: number
  readonly reusedGuides: number
}

export async function buildIndex(options: BuildOptions): Promise<BuildResult> {
  const budget = options.budget ?? DEFAULT_BUDGET
  const fingerprint = await fingerprintOf(
    await toRecipe(options.embedder.fingerprint, budget, options.languages),
  )
  const previous =
    options.previous?.manifest.fingerprint === fingerprint ? options.previous : undefined
  const before = new Map(previous?.guides.map((guide) => [guide.input, guide]))
  const inputs = new Map<string, string>()
  for (const file of options.corpus.guides) {
    inputs.set(file.path, await inputHash(file, options.corpus, fingerprint))
  }
  const reuse = (file: GuideFile): Guide | undefined => before.get(inputs.get(file.path) ?? '')
  const corpus = await parseCorpus(options.corpus, options.now, reuse)
  for (const { guide } of corpus.guides) profileOf(options.languages, guide.meta.language)

  const chunking = lazily(options.openChunking)
  const passages: Passage[] = []
  const built: BuiltGuide[] = []
  const all = corpus.guides.map((entry) => entry.guide)
  const repeated: string[] = []
  let reusedGuides = 0
  for (const { guide, path, tree } of corpus.guides) {
    const input = inputs.get(path) ?? ''
    const { id, language } = guide.meta
    if (before.has(input)) {
      reusedGuides++
    }
    const slices = before.has(input)
      ? (previous?.passages ?? []).filter((p) => p.guideId === id && p.language === language)
      : await chunkGuide(guide, { ...(await chunking()), budget })
    // Made anew for guides that are reused too: they also hang on what else the page shows.
    const fragments = guideFragments(guide, tree())
    const placed = slices.map((slice) => ({ slice, ...fragments.of(slice) }))
    passages.push(...placed.map(({ slice, fragment }) => ({ ...slice, fragment })))
    for (const { slice, isUnique } of placed) {
      if (!isUnique) repeated.push(repeatedWarning(path, `passage ${slice.id}`))
    }
    for (const [i, { isUnique }] of fragments.facts.entries()) {
      const key = guide.meta.quickScan.facts[i]?.key
      if (!isUnique) repeated.push(repeatedWarning(path, `fact ${key}`))
    }
    const factFragments = fragments.facts.map(({ fragment }) => fragment)
    built.push({
      ...guide,
      input,
      paths: knowledgePaths(guide, all, options.languages),
      factFragments,
    })
  }

  const askedOf = askedQuestions(passages, built, options.languages)
  const keyOf = (passage: Passage) => vectorKey(passage, askedOf(passage))
  const known = new Map(previous && vectorsByKey(previous, options.languages))
  const fresh = passages.filter((passage) => !known.has(keyOf(passage)))
  const embeddable = fresh.map((passage) => toEmbeddable(passage, askedOf(passage)))
  const { vectors, embedded } = await passageVectors(embeddable, {
    cache: options.cache,
    openEmbedder: options.openEmbedder,
    onProgress: options.onProgress,
  })
  fresh.forEach((passage, i) => {
    known.set(keyOf(passage), vectors[i] ?? new Float32Array())
  })
  const { dimensions } = options.embedder
  const data = new Float32Array(passages.length * dimensions)
  for (const [i, passage] of passages.entries()) {
    data.set(known.get(keyOf(passage)) ?? [], i * dimensions)
  }

  return {
    content: {
      manifest: {
        id: await indexId(built, corpus.sources, fingerprint),
        fingerprint,
        model: options.embedder.modelId,
        embedder: options.embedder.fingerprint,
        dimensions: options.embedder.dimensions,
      },
      sources: [...corpus.sources.values()],
      guides: built,
      passages,
      vectors: { ids: passages.map((p) => p.id), dimensions, data },
      ...(options.calibration ? { calibration: options.calibration } : {}),
      lexical: buildLexicalSnapshot(
        lexicalDocuments(passages, built, options.languages),
        options.languages,
      ),
    },
    warnings: [
      ...corpus.warnings,
      ...repeated,
      ...calibrationWarnings(options.calibration, fingerprint),
    ],
    embedded,
    reusedGuides,
  }
}

function inputHash(file: GuideFile, corpus: CorpusFiles, fingerprint: string): Promise<string> {
  const asked = corpus.expectedQuestions?.get(file.path)?.content ?? ''
  return sha256Hex(
    JSON.stringify([fingerprint, file.path, file.content, asked, corpus.sources.content]),
  )
}

/** A hash of corpus, sources and fingerprint; never of vectors, which processors round differently. */
async function indexId(
  guides: readonly BuiltGuide[],
  sources: ReadonlyMap<string, Source>,
  fingerprint: string,
): Promise<string> {
  const parts = guides.map(({ meta, sha256, sections }) => [
    guideKey(meta.id, meta.language),
    sha256,
    meta,
    sections.map((section) => section.expectedQuestions),
  ])
  return `sha256:${await sha256Hex(JSON.stringify([fingerprint, [...sources.values()], parts]))}`
}

/** Everything a passage's vector is made from. */
export function toEmbeddable(passage: Passage, asked: readonly string[]): Embeddable {
  // A cut table's header row is context, but no heading.
  const heading = passage.context.split('\n\n')[0] ?? ''
  return { heading, text: indexedText(passage), asked }
}

function vectorKey(passage: Passage, asked: readonly string[]): string {
  return JSON.stringify([passage.context, passage.text, asked])
}

function vectorsByKey(
  snapshot: Snapshot,
  languages: LanguageProfiles<'analysis'>,
): [string, Float32Array][] {
  const { data, dimensions } = snapshot.vectors
  const askedOf = askedQuestions(snapshot.passages, snapshot.guides, languages)
  return snapshot.passages.map((passage, i) => [
    vectorKey(passage, askedOf(passage)),
    data.subarray(i * dimensions, (i + 1) * dimensions),
  ])
}

function repeatedWarning(path: string, what: string): string {
  return `${path}: ${what} says nothing that only it says: its link may highlight another place; reword it`
}

function calibrationWarnings(calibration: Calibration | undefined, fingerprint: string): string[] {
  if (!calibration) return ['the index is not calibrated: run `npm run fit:answerability`']
  if (calibration.fingerprint === fingerprint) return []
  return [
    'answerability was fitted on another recipe: run `npm run fit:answerability`, then build again',
  ]
}

function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}
