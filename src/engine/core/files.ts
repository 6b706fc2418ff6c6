/** The file-system port: the few operations that index builds and index readers need. */

export type Files = {
  /** Rejects with `file_missing` when the file cannot be read. */
  read(path: string): Promise<Uint8Array<ArrayBuffer>>
  readText(path: string): Promise<string>
  exists(path: string): Promise<boolean>
  /** Names in a folder, sorted; empty for a missing folder. */
  list(folder: string): Promise<string[]>
  /** Replaces the file in one step: a reader sees the old content or the new, never half of it. */
  write(path: string, content: string | Uint8Array): Promise<void>
  append(path: string, content: Uint8Array): Promise<void>
  remove(path: string): Promise<void>
}
