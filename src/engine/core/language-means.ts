/**
 * The mean vector of each language's passages, computed when the index is built so that a remote vector store need not
 * support it.
 */
import type { Language } from './language.ts'
import { meanVector } from './vector.ts'
import type { VectorTable } from './vector-index.ts'

/** By language code; only languages that have passages. The mean of unit vectors is itself shorter than 1. */
export type LanguageMeans = Readonly<Record<Language, Float32Array>>

/** `languages` has the language of each row of the table. */
export function toLanguageMeans(
  { dimensions, data }: VectorTable,
  languages: readonly Language[],
): LanguageMeans {
  const present = [...new Set(languages)].sort()
  return Object.fromEntries(
    present.map((language) => {
      const rows = languages.flatMap((one, i) =>
        one === language ? [data.subarray(i * dimensions, (i + 1) * dimensions)] : [],
      )
      return [language, meanVector(rows, dimensions)]
    }),
  )
}
