/** The manifest of an index: file names, checksums, format. */
import { messageOf, RetrievalError } from '../core/errors.ts'
import { sha256Hex } from '../core/hash.ts'
import {
  type FileEntry,
  INDEX_FORMAT,
  type Manifest,
  manifestSchema,
} from '../core/index-snapshot.ts'

export const MANIFEST = 'manifest.json'
export const REBUILD = 'run `npm run build:index`'

/** `passages.3fa9c1….jsonl`: the name holds a hash of the content, so that no reader mixes two builds. */
export async function toFileEntry(
  stem: string,
  extension: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FileEntry> {
  const sha256 = await sha256Hex(bytes)
  return { name: `${stem}.${sha256.slice(0, 16)}.${extension}`, bytes: bytes.length, sha256 }
}

/** Adds the checksum by which a damaged or hand-edited manifest is recognised. */
export async function sealManifest(manifest: Omit<Manifest, 'checksum'>): Promise<Manifest> {
  return { ...manifest, checksum: await sha256Hex(JSON.stringify(manifest)) }
}

/** Throws `index_mismatch` for another index format, and `index_damaged`, naming the field, for anything else. */
export async function parseManifest(text: string, where: string): Promise<Manifest> {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new RetrievalError(
      'index_damaged',
      `${where} is not JSON (${messageOf(cause)}): ${REBUILD}`,
      { cause },
    )
  }
  const format = formatOf(raw)
  if (format !== undefined && format !== INDEX_FORMAT) {
    throw new RetrievalError(
      'index_mismatch',
      `${where}: the index has the format ${format}, but this version reads ${INDEX_FORMAT}: ${REBUILD}`,
      { details: { format } },
    )
  }
  const result = manifestSchema.safeParse(raw)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new RetrievalError(
      'index_damaged',
      `${where}: ${issue?.path.join('.')}: ${issue?.message}: ${REBUILD}`,
    )
  }
  const { checksum, ...rest } = raw as Manifest // the schema accepted it; the checksum is over the file's own order of fields
  if ((await sha256Hex(JSON.stringify(rest))) !== checksum) {
    throw new RetrievalError(
      'index_damaged',
      `${where} does not match its own checksum: ${REBUILD}`,
    )
  }
  return result.data
}

/** The format that a manifest of this project claims; undefined for anything else. */
function formatOf(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null || !('format' in raw)) return undefined
  const { format } = raw
  return typeof format === 'string' && /^nss-copilot-index\/\d+$/.test(format) ? format : undefined
}

/** Throws `index_damaged`, naming the file, when its bytes do not match the manifest. */
export async function checkFile(entry: FileEntry, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  if (bytes.length !== entry.bytes) {
    throw new RetrievalError(
      'index_damaged',
      `${entry.name} has ${bytes.length} bytes where the manifest says ${entry.bytes}: ${REBUILD}`,
      { details: { file: entry.name } },
    )
  }
  if ((await sha256Hex(bytes)) !== entry.sha256) {
    throw new RetrievalError(
      'index_damaged',
      `${entry.name} does not match its checksum in the manifest: ${REBUILD}`,
      { details: { file: entry.name } },
    )
  }
}
