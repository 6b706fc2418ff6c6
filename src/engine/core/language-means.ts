/** The mean vector of each language's passages, computed when the index is built so that a remote store need not. */
import { LANGUAGES, type Language } from './language.ts'
import { meanVector } from './vector.ts'
import type { VectorTable } from './vector-index.ts'

/** Only languages that have passages. Means of unit vectors are shorter than 1. */
export type LanguageMeans = Readonly<Partial<Record<Language, Float32Array>>>

/** `languages` is by row of the table. */
export function toLanguageMeans(
  { dimensions, data }: VectorTable,
  languages: readonly Language[],
): LanguageMeans {
  const means: Partial<Record<Language, Float32Array>> = {}
  for (const language of LANGUAGES) {
    const rows = languages.flatMap((one, i) =>
      one === language ? [data.subarray(i * dimensions, (i + 1) * dimensions)] : [],
    )
    if (rows.length > 0) means[language] = meanVector(rows, dimensions)
  }
  return means
}
