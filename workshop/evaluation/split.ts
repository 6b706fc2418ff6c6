/** The halves: dev is tuned on, nothing is ever tuned on test. */
import { sha256Hex } from '../../src/engine/core/hash.ts'

export const SPLITS = ['all', 'dev', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** Dev where the first byte of the SHA-256 of the id is even. */
export async function isDev(id: string): Promise<boolean> {
  const hash = await sha256Hex(id)
  return Number.parseInt(hash.slice(0, 2), 16) % 2 === 0
}
