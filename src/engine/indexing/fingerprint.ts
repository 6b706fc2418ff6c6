/** The recipe of an index: everything that, when it changes, gives the same corpus different passages, terms or vectors. */
import { CHUNKER_VERSION, type ChunkBudget } from '../chunking/chunk.ts'
import { sha256Hex } from '../core/hash.ts'
import { LANGUAGES } from '../core/language.ts'
import { PARSER_VERSION } from '../guides/guide.ts'
import type { LanguageProfiles } from '../languages/profile.ts'
import { ANALYZER_VERSION, mergeAliases } from '../lexical/analyzer.ts'
import { B, K1 } from '../lexical/postings.ts'
import { EXPECTED_QUESTION_MARGIN } from './lexical-documents.ts'
import { EXPECTED_QUESTIONS_WEIGHT, HEADING_WEIGHT } from './passage-vectors.ts'

/**
 * Hashed as JSON, so its field names are part of the fingerprint. `askedWeight` and `askedReach` are about expected
 * questions.
 */
export type Recipe = {
  readonly embedder: string
  readonly parser: number
  readonly headingWeight: number
  readonly askedWeight: number
  readonly askedReach: number
  readonly chunker: { readonly version: number; readonly budget: ChunkBudget }
  readonly analyzer: {
    readonly version: number
    readonly aliases: string
    readonly k1: number
    readonly b: number
    /**
     * Absent for exactly the shipped languages. Stop words apply in every language, so a further language changes all
     * terms.
     */
    readonly languages?: readonly string[]
  }
}

export async function toRecipe(
  embedderFingerprint: string,
  budget: ChunkBudget,
  languages: LanguageProfiles<'analysis'>,
): Promise<Recipe> {
  const codes = Object.keys(languages)
  return {
    embedder: embedderFingerprint,
    parser: PARSER_VERSION,
    headingWeight: HEADING_WEIGHT,
    askedWeight: EXPECTED_QUESTIONS_WEIGHT,
    askedReach: EXPECTED_QUESTION_MARGIN,
    chunker: { version: CHUNKER_VERSION, budget },
    analyzer: {
      version: ANALYZER_VERSION,
      aliases: await sha256Hex(JSON.stringify(mergeAliases(languages))),
      k1: K1,
      b: B,
      ...(codes.join() === LANGUAGES.join() ? {} : { languages: codes }),
    },
  }
}

export async function fingerprintOf(recipe: Recipe): Promise<string> {
  return sha256Hex(JSON.stringify(recipe))
}
