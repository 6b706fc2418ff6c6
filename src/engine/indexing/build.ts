/** Builds an index: corpus files in, a snapshot out; reuses what the previous build made from the same input. */
import { type ChunkBudget, chunkGuide, DEFAULT_BUDGET, type SplitText } from '../chunking/chunk.ts'
import type { Calibration } from '../core/calibration.ts'
import type { CountTokens, Embedder } from '../core/embedder.ts'
import { type Guide, guideKey } from '../core/guide.ts'
import { sha256Hex } from '../core/hash.ts'
import type { BuiltGuide } from '../core/index-snapshot.ts'
import { toLanguageMeans } from '../core/language-means.ts'
import { indexedText, type Passage, type PassageSlice } from '../core/passage.ts'
import type { Source } from '../core/source.ts'
import type { VectorTable } from '../core/vector-index.ts'
import { type Corpus, type CorpusFiles, parseCorpus } from '../guides/corpus.ts'
import { guideFragments } from '../guides/fragments.ts'
import type { GuideFile } from '../guides/front-matter.ts'
import { knowledgePaths } from '../guides/paths.ts'
import { type LanguageProfiles, profileOf } from '../languages/profile.ts'
import { buildLexicalSnapshot } from '../lexical/bm25.ts'
import type { EmbedProgress } from './embed-texts.ts'
import type { EmbeddingCache } from './embedding-cache.ts'
import { fingerprintOf, toRecipe } from './fingerprint.ts'
import { expectedQuestionsOf, lexicalDocuments } from './lexical-documents.ts'
import { type Embeddable, passageVectors } from './passage-vectors.ts'
import type { Snapshot, SnapshotContent } from './snapshot.ts'

export type BuildIndexOptions = {
  readonly corpus: CorpusFiles
  /** Profiles of at least the languages that the corpus has guides in. */
  readonly languages: LanguageProfiles<'analysis' | 'paths' | 'name' | 'nameIn'>
  readonly now: Date
  readonly embedder: {
    readonly fingerprint: string
    readonly modelId: string
    readonly dimensions: number
  }
  /** Called only when a text has to be embedded. */
  readonly openEmbedder: () => Promise<Embedder>
  /** Called only when a guide has to be cut. */
  readonly openChunking: () => Promise<{ countTokens: CountTokens; splitText: SplitText }>
  readonly budget?: ChunkBudget
  readonly previous?: Snapshot
  readonly cache?: EmbeddingCache
  /** Another index whose vectors are reused, whatever its recipe, for the passages that `accepts` approves. */
  readonly trusted?: {
    readonly snapshot: Snapshot
    readonly accepts: (passage: Passage) => boolean
  }
  /** Written by `npm run fit:answerability`; stored in the index unchanged. */
  readonly calibration?: Calibration
  readonly onProgress?: EmbedProgress
}

export type BuildResult = {
  readonly content: SnapshotContent
  readonly warnings: readonly string[]
  readonly embedded: number
  readonly reusedGuides: number
}

/** Rejects with `guide_invalid` for a faulty corpus, and with whatever the embedder rejects with. */
export async function buildIndex(options: BuildIndexOptions): Promise<BuildResult> {
  const budget = options.budget ?? DEFAULT_BUDGET
  const fingerprint = await fingerprintOf(
    await toRecipe(options.embedder.fingerprint, budget, options.languages),
  )
  const previous =
    options.previous?.manifest.fingerprint === fingerprint ? options.previous : undefined
  const reusable = new Map(previous?.guides.map((guide) => [guide.input, guide]))
  const inputs = new Map<string, string>()
  for (const file of options.corpus.guides) {
    inputs.set(file.path, await inputHash(file, options.corpus, fingerprint))
  }
  const inputOf = (path: string) => inputs.get(path) ?? ''
  const corpus = await parseCorpus(options.corpus, options.now, ({ path }) =>
    reusable.get(inputOf(path)),
  )
  for (const { guide } of corpus.guides) profileOf(options.languages, guide.meta.language)
  const chunking = lazily(options.openChunking)
  const cut = async (guide: Guide, path: string): Promise<readonly PassageSlice[]> => {
    if (!reusable.has(inputOf(path))) return chunkGuide(guide, { ...(await chunking()), budget })
    const { id, language } = guide.meta
    return (previous?.passages ?? []).filter((p) => p.guideId === id && p.language === language)
  }
  const { built, passages, warnings } = await assemble(corpus, inputOf, cut, options.languages)
  const { vectors, embedded } = await embedPassages(passages, built, previous, options)

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
      vectors,
      means: toLanguageMeans(
        vectors,
        passages.map(({ language }) => language),
      ),
      ...(options.calibration ? { calibration: options.calibration } : {}),
      lexical: buildLexicalSnapshot(
        lexicalDocuments(passages, built, options.languages),
        options.languages,
      ),
    },
    warnings: [
      ...corpus.warnings,
      ...warnings,
      ...calibrationWarnings(options.calibration, fingerprint),
    ],
    embedded,
    reusedGuides: built.filter(({ input }) => reusable.has(input)).length,
  }
}

/**
 * Guides with their paths, passages with their text fragments, and a warning for each passage or fact that no fragment
 * can single out.
 */
async function assemble(
  corpus: Corpus,
  inputOf: (path: string) => string,
  cut: (guide: Guide, path: string) => Promise<readonly PassageSlice[]>,
  languages: BuildIndexOptions['languages'],
) {
  const passages: Passage[] = []
  const built: BuiltGuide[] = []
  const warnings: string[] = []
  const all = corpus.guides.map((entry) => entry.guide)
  for (const { guide, path, tree } of corpus.guides) {
    // Computed for reused guides too: fragments depend on the rest of the page, such as links to other guides.
    const fragments = guideFragments(guide, tree())
    for (const slice of await cut(guide, path)) {
      const { fragment, isUnique } = fragments.of(slice)
      passages.push({ ...slice, fragment })
      if (!isUnique) warnings.push(repeatedWarning(path, `passage ${slice.id}`))
    }
    for (const [i, { isUnique }] of fragments.facts.entries()) {
      const key = guide.meta.quickScan.facts[i]?.key
      if (!isUnique) warnings.push(repeatedWarning(path, `fact ${key}`))
    }
    built.push({
      ...guide,
      input: inputOf(path),
      paths: knowledgePaths(guide, all, languages),
      factFragments: fragments.facts.map(({ fragment }) => fragment),
    })
  }
  return { built, passages, warnings }
}

/** The vectors of all passages; those that the previous index made from the same input are taken from there. */
async function embedPassages(
  passages: readonly Passage[],
  guides: readonly BuiltGuide[],
  previous: Snapshot | undefined,
  options: BuildIndexOptions,
): Promise<{ vectors: VectorTable; embedded: number }> {
  const questionsOf = expectedQuestionsOf(passages, guides, options.languages)
  const keyOf = (passage: Passage) => vectorKey(passage, questionsOf(passage))
  const known = new Map(previous && vectorsByKey(previous, options.languages))
  if (options.trusted) {
    const { snapshot, accepts } = options.trusted
    for (const [key, vector] of vectorsByKey(snapshot, options.languages, accepts))
      known.set(key, vector)
  }
  const fresh = passages.filter((passage) => !known.has(keyOf(passage)))
  const embeddable = fresh.map((passage) => toEmbeddable(passage, questionsOf(passage)))
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
  return { vectors: { ids: passages.map(({ id }) => id), dimensions, data }, embedded }
}

/** Hash of everything that a guide is made from; a guide with the same one is reused. */
function inputHash(file: GuideFile, corpus: CorpusFiles, fingerprint: string): Promise<string> {
  const questions = corpus.expectedQuestions?.get(file.path)?.content ?? ''
  return sha256Hex(
    JSON.stringify([fingerprint, file.path, file.content, questions, corpus.sources.content]),
  )
}

/** A hash of corpus, sources and fingerprint; not of the vectors, which processors round differently. */
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
export function toEmbeddable(passage: Passage, expectedQuestions: readonly string[]): Embeddable {
  // The context may also hold the header row of a cut table, which is not part of the heading.
  const heading = passage.context.split('\n\n')[0] ?? ''
  return { heading, text: indexedText(passage), expectedQuestions }
}

function vectorKey(passage: Passage, expectedQuestions: readonly string[]): string {
  return JSON.stringify([passage.context, passage.text, expectedQuestions])
}

function vectorsByKey(
  snapshot: Snapshot,
  languages: LanguageProfiles<'analysis'>,
  accepts: (passage: Passage) => boolean = () => true,
): [string, Float32Array][] {
  const { data, dimensions } = snapshot.vectors
  const questionsOf = expectedQuestionsOf(snapshot.passages, snapshot.guides, languages)
  return snapshot.passages.flatMap((passage, i): [string, Float32Array][] => {
    if (!accepts(passage)) return []
    const vector = data.subarray(i * dimensions, (i + 1) * dimensions)
    return [[vectorKey(passage, questionsOf(passage)), vector]]
  })
}

function repeatedWarning(path: string, what: string): string {
  return `${path}: every phrase of ${what} also appears elsewhere on the page, so its link may highlight another place: reword it`
}

function calibrationWarnings(calibration: Calibration | undefined, fingerprint: string): string[] {
  if (!calibration) return ['the index is not calibrated: run `npm run fit:answerability`']
  if (calibration.fingerprint === fingerprint) return []
  return [
    'answerability was fitted on an index with another recipe: run `npm run fit:answerability`, then build again',
  ]
}

function lazily<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}
