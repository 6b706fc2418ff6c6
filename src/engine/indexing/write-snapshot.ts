/**
 * Writes an index: data files named by content hash, then the manifest in one rename; last, it removes the files that
 * the manifest does not name.
 */
import { RetrievalError } from '../core/errors.ts'
import type { Files } from '../core/files.ts'
import { guideKey } from '../core/guide.ts'
import {
  INDEX_FORMAT,
  type Manifest,
  type StoredMeans,
  type StoredPassage,
  toStoredGuide,
  toStoredPassage,
} from '../core/index-snapshot.ts'
import type { LanguageMeans } from '../core/language-means.ts'
import type { VectorTable } from '../core/vector-index.ts'
import { checkFile, MANIFEST, sealManifest, toFileEntry } from './manifest.ts'
import { byKey, hnswCacheName, type SnapshotContent } from './snapshot.ts'

const toLines = (values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('')
const encode = (text: string) => new TextEncoder().encode(text)

function storePassages(content: SnapshotContent): StoredPassage[] {
  const guides = byKey(content.guides)
  return content.passages.map((passage) => {
    const guide = guides.get(guideKey(passage.guideId, passage.language))
    if (!guide) throw new RetrievalError('internal', `passage ${passage.id} has no guide`)
    return toStoredPassage(passage, guide)
  })
}

function storeMeans(means: LanguageMeans): StoredMeans {
  return Object.fromEntries(
    Object.entries(means).map(([language, mean]) => [language, Array.from(mean)]),
  )
}

/** Float32, row-major, little-endian, as in the memory of every supported platform. */
function toBytes(table: VectorTable): Uint8Array<ArrayBuffer> {
  return new Uint8Array(table.data.slice().buffer)
}

/** Writes the data files, then the manifest by one rename, then removes files that it does not name. */
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
    means: { extension: 'json', bytes: encode(JSON.stringify(storeMeans(content.means))) },
    lexical: { extension: 'json', bytes: encode(JSON.stringify(content.lexical)) },
    answerability: {
      extension: 'json',
      bytes: encode(JSON.stringify(content.calibration ?? null)),
    },
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
      means: await entryOf('means'),
      lexical: await entryOf('lexical'),
      ...(content.calibration ? { answerability: await entryOf('answerability') } : {}),
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

const OWN_FILES = /^(sources|guides|passages|vectors|means|lexical|answerability|hnsw|manifest)\..*/

async function removeUnnamed(files: Files, dir: string, manifest: Manifest): Promise<void> {
  const named = new Set([
    MANIFEST,
    ...Object.values(manifest.files).map((entry) => entry.name),
    hnswCacheName(manifest),
    `${hnswCacheName(manifest)}.sha256`,
  ])
  for (const name of await files.list(dir)) {
    if (OWN_FILES.test(name) && !named.has(name)) await files.remove(`${dir}/${name}`)
  }
}
