/** Names, checksums and the id of an index. */
import { messageOf, RetrievalError } from '../core/errors.ts'
import { sha256Hex } from '../core/hash.ts'
import { type FileEntry, type Manifest, manifestSchema } from '../core/index-snapshot.ts'

export const MANIFEST = 'manifest.json'
export const REBUILD = 'run `npm run build:index`'

/** `passages.3fa9c1….jsonl`: the name says what is inside, so that no reader mixes two builds. */
export async function toFileEntry(
  stem: string,
  extension: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<FileEntry> {
  const sha256 = await sha256Hex(bytes)
  return { name: `${stem}.${sha256.slice(0, 16)}.${extension}`, bytes: bytes.length, sha256 }
}

/** Adds the checksum that tells a whole manifest from a damaged or hand-mixed one. */
export async function sealManifest(manifest: Omit<Manifest, 'checksum'>): Promise<Manifest> {
  return { ...manifest, checksum: await sha256Hex(JSON.stringify(manifest)) }
}

/** Throws `index_damaged` naming the manifest and the field. */
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
  const result = manifestSchema.safeParse(raw)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new RetrievalError(
      'index_damaged',
      `${where}: ${issue?.path.join('.')}: ${issue?.message}: ${REBUILD}`,
    )
  }
  const { checksum, ...rest } = raw as Manifest // the schema accepted it; its own order of fields is what was hashed
  if ((await sha256Hex(JSON.stringify(rest))) !== checksum) {
    throw new RetrievalError(
      'index_damaged',
      `${where} does not match its own checksum: ${REBUILD}`,
    )
  }
  return result.data
}

/** Throws `index_damaged` naming the file when bytes and manifest disagree. */
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
