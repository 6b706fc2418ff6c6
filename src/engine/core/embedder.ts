/** The port of the embedding model. */

export type EmbedKind = 'query' | 'passage'

export type Embedder = {
  /** Model id, revision and recipe in one line; vectors with different fingerprints must never be compared. */
  readonly fingerprint: string
  readonly modelId: string
  readonly dimensions: number
  /**
   * One unit-length vector per text, in order. A text gets the same vector no matter what else is being embedded at the
   * same time. Over-long texts are truncated at the model's limit. Rejects with `aborted` when the signal is aborted.
   */
  embed(
    texts: readonly string[],
    kind: EmbedKind,
    options?: { signal?: AbortSignal; onProgress?: (done: number) => void },
  ): Promise<Float32Array[]>
  close(): Promise<void>
}

/** Number of model tokens in a text, not counting special tokens. */
export type CountTokens = (text: string) => number
