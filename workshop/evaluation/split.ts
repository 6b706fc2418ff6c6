/** The two halves of a question set: dev is for tuning, test for measuring only. */
import { sha256Hex } from '../../src/engine/core/hash.ts'

export const SPLITS = ['all', 'dev', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** A question belongs to dev when the first byte of the SHA-256 of its id is even. */
export async function isDev(id: string): Promise<boolean> {
  const hash = await sha256Hex(id)
  return Number.parseInt(hash.slice(0, 2), 16) % 2 === 0
}
