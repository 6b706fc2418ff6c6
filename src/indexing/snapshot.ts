/** Writes and reads an index: content-hash names, the manifest replaced last, everything checked on the way in. */
import { z } from 'zod'
import { isRetrievalError, messageOf, RetrievalError } from '../core/errors.ts'
import type { Files } from '../core/files.ts'
import { guideKey } from '../core/guide.ts'
import {
  type BuiltGuide,
  INDEX_FORMAT,
  type Manifest,
  type StoredPassage,
  storedGuideSchema,
  storedPassageSchema,
  toBuiltGuide,
  toPassage,
  toStoredGuide,
  toStoredPassage,
} from '../core/index-snapshot.ts'
import type { Passage } from '../core/passage.ts'
import { type Source, sourceSchema } from '../core/source.ts'
import type { VectorTable } from '../core/vector-index.ts'
import type { LexicalSnapshot } from '../lexical/bm25.ts'
import {
  checkFile,
  MANIFEST,
  parseManifest,
  REBUILD,
  sealManifest,
  toFileEntry,
} from './manifest.ts'

export type Snapshot = {
  readonly manifest: Manifest
  readonly sources: readonly Source[]
  readonly guides: readonly BuiltGuide[]
  readonly passages: readonly Passage[]
  readonly vectors: VectorTable
  readonly lexical: LexicalSnapshot
}

export type SnapshotContent = Omit<Snapshot, 'manifest'> & {
  readonly manifest: Omit<Manifest, 'files' | 'guides' | 'passages' | 'format' | 'checksum'>
}

const toLines = (values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')
const encode = (text: string) => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const sourceListSchema = z.array(sourceSchema)

function storePassages(content: SnapshotContent): StoredPassage[] {
  const guides = byKey(content.guides)
  return content.passages.map((passage) => {
    const guide = guides.get(guideKey(passage.guideId, passage.language))
    if (!guide) throw new RetrievalError('internal', `passage ${passage.id} without guide`)
    return toStoredPassage(passage, guide)
  })
}

function byKey(guides: readonly BuiltGuide[]): Map<string, BuiltGuide> {
  return new Map(guides.map((guide) => [guideKey(guide.meta.id, guide.meta.language), guide]))
}

/** Float32, row-major, little-endian: what every supported platform has in memory. */
function toBytes(table: VectorTable): Uint8Array<ArrayBuffer> {
  return new Uint8Array(table.data.slice().buffer)
}

/** Writes the data files, then the manifest by one rename, then removes what nothing names. Returns the manifest. */
export async function writeSnapshot(
  files: Files,
  dir: string,
  content: SnapshotContent,
): Promise<Manifest> {
  const data = {
    sources: { extension: 'json', bytes: encode(`${JSON.stringify(content.sources)}\n`) },
    guides: { extension: 'jsonl', bytes: encode(toLines(content.guides.map(toStoredGuide))) },
    passages: { extension: 'jsonl', bytes: encode(toLines(storePassages(content))) },
    vectors: { extension: 'f32', bytes: toBytes(content.vectors) },
    lexical: { extension: 'json', bytes: encode(JSON.stringify(content.lexical)) },
  }
  const entryOf = async (stem: keyof typeof data) => {
    const { extension, bytes } = data[stem]
    const entry = await toFileEntry(stem, extension, bytes)
    if (!(await isWhole(files, `${dir}/${entry.name}`, entry.sha256, bytes.length))) {
      await files.write(`${dir}/${entry.name}`, bytes)
    }
    return entry
  }
  const manifest = await sealManifest({
    format: INDEX_FORMAT,
    ...content.manifest,
    guides: content.guides.length,
    passages: content.passages.length,
    files: {
      sources: await entryOf('sources'),
      guides: await entryOf('guides'),
      passages: await entryOf('passages'),
      vectors: await entryOf('vectors'),
      lexical: await entryOf('lexical'),
    },
  })
  await files.write(`${dir}/${MANIFEST}`, `${JSON.stringify(manifest, null, 2)}\n`)
  await removeUnnamed(files, dir, manifest)
  return manifest
}

async function isWhole(
  files: Files,
  path: string,
  sha256: string,
  bytes: number,
): Promise<boolean> {
  if (!(await files.exists(path))) return false
  try {
    await checkFile({ name: path, bytes, sha256 }, await files.read(path))
    return true
  } catch {
    return false
  }
}

const OWN_FILES = /^(sources|guides|passages|vectors|lexical|hnsw|manifest)\..*/

async function removeUnnamed(files: Files, dir: string, manifest: Manifest): Promise<void> {
  const named = new Set([
    MANIFEST,
    ...Object.values(manifest.files).map((entry) => entry.name),
    hnswCacheName(manifest),
  ])
  for (const name of await files.list(dir)) {
    if (OWN_FILES.test(name) && !named.has(name)) await files.remove(`${dir}/${name}`)
  }
}

/** The graph is a cache of the vectors: named after them, never part of the manifest. */
export function hnswCacheName(manifest: Manifest): string {
  return `hnsw.${manifest.files.vectors.sha256.slice(0, 16)}.bin`
}

/** A build that finishes while its files are read takes the old ones away; nobody builds this often in a row. */
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
  const load = async (stem: keyof Manifest['files']) => {
    const entry = manifest.files[stem]
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
  const [sources, guides, stored, vectors, lexical] = await Promise.all([
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
    load('lexical'),
  ])
  const shelf = byKey(guides)
  const passages = stored.map((entry) => {
    const guide = shelf.get(entry.guide)
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
    // The checksum was compared: these are the bytes that the build wrote.
    lexical: JSON.parse(decode(lexical)) as LexicalSnapshot,
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

function checkTogether({ manifest, guides, passages, vectors, lexical }: Snapshot): void {
  const refuse = (what: string) => {
    throw new RetrievalError(
      'index_mismatch',
      `the index files do not belong together (${what}): ${REBUILD}`,
    )
  }
  if (guides.length !== manifest.guides) refuse('number of guides')
  if (passages.length !== manifest.passages) refuse('number of passages')
  if (vectors.data.length !== passages.length * manifest.dimensions) refuse('number of vectors')
  const lexicalIds = new Set(Object.values(lexical.languages).flatMap((side) => side.ids))
  if (
    lexicalIds.size !== passages.length ||
    passages.some((passage) => !lexicalIds.has(passage.id))
  ) {
    refuse('lexical ids')
  }
}
