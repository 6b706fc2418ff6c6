/** Compares a stored index with a fresh build: texts and spans exactly, vectors up to rounding. */
import { guideKey } from '../core/guide.ts'
import { toStoredGuide } from '../core/index-snapshot.ts'
import type { LanguageMeans } from '../core/language-means.ts'
import { dot } from '../core/vector.ts'
import type { Snapshot, SnapshotContent } from './snapshot.ts'

/**
 * Lowest cosine of two vectors that count as the same. Processors round differently, but a model's vectors for one text
 * agree to more than this.
 */
const SAME_COSINE = 0.999

/** Largest difference between two numbers of a mean vector that count as the same: means are rounded as their vectors are. */
const SAME_MEAN = 1e-3

export type Comparison = {
  readonly differences: readonly string[]
  /** Over all passages; 1 for an empty index. */
  readonly lowestCosine: number
}

export function compareIndexes(stored: Snapshot, built: SnapshotContent): Comparison {
  const differences: string[] = []
  const compare = (what: string, a: unknown, b: unknown) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) differences.push(`${what} differs`)
  }
  compare('fingerprint', stored.manifest.fingerprint, built.manifest.fingerprint)
  compare('index id', stored.manifest.id, built.manifest.id)
  compare('sources', stored.sources, built.sources)
  compareById(
    'guide',
    stored.guides.map(toStoredGuide),
    built.guides.map(toStoredGuide),
    ({ meta }) => guideKey(meta.id, meta.language),
    differences,
  )
  compareById('passage', stored.passages, built.passages, (passage) => passage.id, differences)
  compare('order of passages', stored.vectors.ids, built.vectors.ids)
  compareMeans(stored.means, built.means, differences)
  compare('lexical index', stored.lexical, built.lexical)
  let lowestCosine = 1
  if (stored.vectors.data.length === built.vectors.data.length) {
    const { dimensions, ids } = stored.vectors
    ids.forEach((id, i) => {
      const row = (data: Float32Array) => data.subarray(i * dimensions, (i + 1) * dimensions)
      const cosine = dot(row(stored.vectors.data), row(built.vectors.data))
      lowestCosine = Math.min(lowestCosine, cosine)
      if (!(cosine >= SAME_COSINE))
        differences.push(`vector of ${id} differs (cosine ${cosine.toFixed(4)})`)
    })
  }
  return { differences, lowestCosine }
}

function compareMeans(stored: LanguageMeans, built: LanguageMeans, differences: string[]): void {
  for (const language of new Set([...Object.keys(stored), ...Object.keys(built)])) {
    const [a, b] = [stored[language], built[language]]
    // A missing number is replaced by 9, which no number of a mean vector comes near.
    const isSame =
      a && b ? a.every((value, i) => Math.abs(value - (b[i] ?? 9)) < SAME_MEAN) : a === b
    if (!isSame) differences.push(`mean vector of ${language} differs`)
  }
}

function compareById<T>(
  what: string,
  stored: readonly T[],
  built: readonly T[],
  idOf: (value: T) => string,
  differences: string[],
): void {
  const expected = new Map(built.map((value) => [idOf(value), JSON.stringify(value)]))
  for (const value of stored) {
    const id = idOf(value)
    const text = expected.get(id)
    if (text === undefined) differences.push(`${what} ${id} is in the index, not in the corpus`)
    else if (text !== JSON.stringify(value)) differences.push(`${what} ${id} differs`)
    expected.delete(id)
  }
  for (const id of expected.keys())
    differences.push(`${what} ${id} is in the corpus, not in the index`)
}
