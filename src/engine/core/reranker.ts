/**
 * The port of a cross-encoder, which reads question and passage together: slower but more accurate than comparing their
 * vectors.
 */

export type Reranker = {
  readonly modelId: string
  /**
   * One score per text, in order, higher is better; rejects with `model_unavailable`, or with `aborted` once the signal
   * is aborted.
   */
  score(
    query: string,
    texts: readonly string[],
    options?: { signal?: AbortSignal },
  ): Promise<readonly number[]>
  close(): Promise<void>
}
