/** Reads an index into memory; everything is checked on the way in. */
import * as z from 'zod'
import { type Calibration, calibrationSchema } from '../core/calibration.ts'
import { isRetrievalError, messageOf, RetrievalError } from '../core/errors.ts'
import type { Files } from '../core/files.ts'
import { guideKey } from '../core/guide.ts'
import {
  type BuiltGuide,
  type FileEntry,
  type Manifest,
  type StoredMeans,
  storedGuideSchema,
  storedMeansSchema,
  storedPassageSchema,
  toBuiltGuide,
  toPassage,
} from '../core/index-snapshot.ts'
import type { LanguageMeans } from '../core/language-means.ts'
import type { Passage } from '../core/passage.ts'
import { type Source, sourceSchema } from '../core/source.ts'
import type { VectorTable } from '../core/vector-index.ts'
import type { LexicalSnapshot } from '../lexical/bm25.ts'
import { checkFile, MANIFEST, parseManifest, REBUILD } from './manifest.ts'

export type Snapshot = {
  readonly manifest: Manifest
  readonly sources: readonly Source[]
  readonly guides: readonly BuiltGuide[]
  readonly passages: readonly Passage[]
  readonly vectors: VectorTable
  readonly means: LanguageMeans
  readonly lexical: LexicalSnapshot
  /** Absent when the index was never calibrated. */
  readonly calibration?: Calibration
}

export type SnapshotContent = Omit<Snapshot, 'manifest'> & {
  readonly manifest: Omit<Manifest, 'files' | 'guides' | 'passages' | 'format' | 'checksum'>
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const sourceListSchema = z.array(sourceSchema)

export function byKey(guides: readonly BuiltGuide[]): Map<string, BuiltGuide> {
  return new Map(guides.map((guide) => [guideKey(guide.meta.id, guide.meta.language), guide]))
}

/** The HNSW graph is a cache of the vectors: named after them, never part of the manifest. */
export function hnswCacheName(manifest: Manifest): string {
  return `hnsw.${manifest.files.vectors.sha256.slice(0, 16)}.bin`
}

/** A build that finishes during a read removes the old files, so the read starts again; no one builds this often in a row. */
const ATTEMPTS = 5

/** Throws `index_missing`, `index_damaged` or `index_mismatch`, naming the file and the remedy. */
export async function readSnapshot(files: Files, dir: string): Promise<Snapshot> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    try {
      return await readOnce(files, dir)
    } catch (error) {
      if (!isRetrievalError(error) || error.code !== 'file_missing') throw error
    }
  }
  return readOnce(files, dir, true)
}

async function readOnce(files: Files, dir: string, last = false): Promise<Snapshot> {
  const path = `${dir}/${MANIFEST}`
  if (!(await files.exists(path))) {
    throw new RetrievalError('index_missing', `no index at ${path}: ${REBUILD}, or set INDEX_DIR`)
  }
  const manifest = await parseManifest(await files.readText(path), path)
  const load = async (stem: Exclude<keyof Manifest['files'], 'answerability'>) =>
    loadEntry(manifest.files[stem])
  const loadEntry = async (entry: FileEntry) => {
    try {
      const bytes = await files.read(`${dir}/${entry.name}`)
      await checkFile(entry, bytes)
      return bytes
    } catch (error) {
      if (last && isRetrievalError(error) && error.code === 'file_missing') {
        throw new RetrievalError(
          'index_damaged',
          `${dir}/${entry.name}, which the manifest names, is missing: ${REBUILD}`,
        )
      }
      throw error
    }
  }
  const { answerability } = manifest.files
  const [sources, guides, stored, vectors, means, lexical, calibration] = await Promise.all([
    load('sources'),
    load('guides').then((bytes) =>
      parseLines(bytes, manifest.files.guides.name, (value) =>
        toBuiltGuide(storedGuideSchema.parse(value)),
      ),
    ),
    load('passages').then((bytes) =>
      parseLines(bytes, manifest.files.passages.name, (value) => storedPassageSchema.parse(value)),
    ),
    load('vectors'),
    load('means'),
    load('lexical'),
    answerability && loadEntry(answerability),
  ])
  const guideOf = byKey(guides)
  const passages = stored.map((entry) => {
    const guide = guideOf.get(entry.guide)
    const passage = guide && toPassage(entry, guide)
    if (!passage) {
      throw new RetrievalError(
        'index_mismatch',
        `passage ${entry.id} names a guide or section that ${manifest.files.guides.name} does not hold: ${REBUILD}`,
      )
    }
    return passage
  })
  const table: VectorTable = {
    ids: passages.map((passage) => passage.id),
    dimensions: manifest.dimensions,
    data: new Float32Array(vectors.slice().buffer),
  }
  const snapshot: Snapshot = {
    manifest,
    sources: sourceListSchema.parse(JSON.parse(decode(sources))),
    guides,
    passages,
    vectors: table,
    means: toMeans(storedMeansSchema.parse(JSON.parse(decode(means)))),
    // Not validated: the checksum shows that these are the bytes that the build wrote.
    lexical: JSON.parse(decode(lexical)) as LexicalSnapshot,
    ...(calibration
      ? { calibration: calibrationSchema.parse(JSON.parse(decode(calibration))) }
      : {}),
  }
  checkTogether(snapshot)
  return snapshot
}

function parseLines<T>(bytes: Uint8Array, name: string, parse: (value: unknown) => T): T[] {
  const lines = decode(bytes).split('\n')
  return lines.flatMap((line, index) => {
    if (line === '') return []
    try {
      return [parse(JSON.parse(line))]
    } catch (cause) {
      throw new RetrievalError(
        'index_damaged',
        `${name}:${index + 1} cannot be read (${messageOf(cause).slice(0, 200)}): ${REBUILD}`,
        { cause },
      )
    }
  })
}

function toMeans(stored: StoredMeans): LanguageMeans {
  return Object.fromEntries(
    Object.entries(stored).map(([language, numbers]) => [language, Float32Array.from(numbers)]),
  )
}

function checkTogether(snapshot: Snapshot): void {
  const { manifest, guides, passages, vectors, means, lexical } = snapshot
  const refuse = (what: string) => {
    throw new RetrievalError(
      'index_mismatch',
      `the index files do not belong together (${what}): ${REBUILD}`,
    )
  }
  if (guides.length !== manifest.guides) refuse('number of guides')
  if (passages.length !== manifest.passages) refuse('number of passages')
  if (vectors.data.length !== passages.length * manifest.dimensions) refuse('number of vectors')
  const languages = new Set([...Object.keys(means), ...passages.map((passage) => passage.language)])
  for (const language of languages) {
    const wanted = passages.some((passage) => passage.language === language)
      ? manifest.dimensions
      : undefined
    if (means[language]?.length !== wanted) refuse(`mean vector of ${language}`)
  }
  const lexicalIds = new Set(Object.values(lexical.languages).flatMap((side) => side.ids))
  if (
    lexicalIds.size !== passages.length ||
    passages.some((passage) => !lexicalIds.has(passage.id))
  ) {
    refuse('lexical ids')
  }
}
