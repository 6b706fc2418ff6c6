/** Request and response of a check of quotes, and the Verifier port that every door calls. */
import * as z from 'zod'
import { throwIfAborted } from './abort.ts'
import { codePoints } from './code-points.ts'
import { languageSchema } from './language.ts'
import { guideLinkSchema } from './quick-scan.ts'

export const MAX_CITATIONS = 100
export const MAX_QUOTE_CHARACTERS = 5000

/** The limit counts code points, as JSON Schema does. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .refine((value) => codePoints(value) <= max, { message: `must have at most ${max} characters` })
    .meta({ maxLength: max })

const PLACES = ['url', 'guide', 'passage'] as const

/** The refinement of `quoteClaimSchema` as JSON Schema. Some MCP clients refuse a bare `true` in `properties`, so both have a type. */
function notBoth(one: string, other: string) {
  const properties = { [one]: { type: 'string' as const }, [other]: { type: 'string' as const } }
  return { not: { properties, required: [one, other] } }
}

/** A quote and where it is claimed to be from: at most one of `url`, `guide` and `passage`; without any, all guides are searched. */
export const quoteClaimSchema = z
  .strictObject({
    quote: text(MAX_QUOTE_CHARACTERS).describe('The quote, as it was shown to a reader'),
    url: text(4000).optional().describe('A citation URL or a guide URL of this service'),
    guide: text(80)
      .optional()
      .describe('Id of a guide; without a language, the guide is searched in every language'),
    passage: text(200).optional().describe('Id of a passage'),
    language: languageSchema.optional(),
  })
  .refine(
    (claim) => PLACES.filter((place) => claim[place] !== undefined).length <= 1,
    'name one of url, guide and passage',
  )
  .meta({
    allOf: PLACES.flatMap((one, i) => PLACES.slice(i + 1).map((other) => notBoth(one, other))),
  })
export type QuoteClaim = z.infer<typeof quoteClaimSchema>

export const verificationRequestSchema = z.strictObject({
  citations: z.array(quoteClaimSchema).min(1).max(MAX_CITATIONS),
})
export type VerificationRequest = z.infer<typeof verificationRequestSchema>

/**
 * Differences between the quote and the guide's text that were forgiven. `punctuation`: a punctuation mark at an end of
 * the quote, or between its pieces, is not in the text. `cut`: the quote begins or ends inside a word.
 */
export const forgivenSchema = z.enum([
  'whitespace',
  'case',
  'accents',
  'typography',
  'markdown',
  'punctuation',
  'cut',
])
export type Forgiven = z.infer<typeof forgivenSchema>

/** Where a quote, or a piece of it, is in a guide's canonical text; offsets are UTF-16. */
export const quotePlaceSchema = z.object({
  guide: guideLinkSchema,
  guideSha256: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  /** The exact slice. */
  text: z.string(),
  /** Link to the heading and to the words; only to the heading where the page repeats the words and everything around them. */
  url: z.string(),
  /** Ids of the passages that the span overlaps. */
  passages: z.array(z.string()),
})
export type QuotePlace = z.infer<typeof quotePlaceSchema>

export const verificationSchema = z.object({
  quote: z.string(),
  /**
   * `found`: it is there; `stitched`: it joins genuine pieces of one guide; `altered`: the nearest text differs;
   * `misattributed`: it is from elsewhere; `not_found`: no text is similar enough.
   */
  verdict: z.enum(['found', 'stitched', 'altered', 'misattributed', 'not_found']),
  /** One place; the pieces, in the quote's order, when stitched; none when not found. */
  places: z.array(quotePlaceSchema),
  /** Similarity of the quote to the text of its places: 0 to 1; 1 when found. */
  similarity: z.number().min(0).max(1),
  forgiven: z.array(forgivenSchema),
  reason: z.string(),
})
export type Verification = z.infer<typeof verificationSchema>

export const verificationResponseSchema = z.object({
  results: z.array(verificationSchema),
  index: z.object({ id: z.string() }),
})
export type VerificationResponse = z.infer<typeof verificationResponseSchema>

/** Checks quotes against the guides' canonical texts. */
export type Verifier = { verify(request: VerificationRequest): VerificationResponse }

/** Verifies quotes one at a time, yielding in between, so that a long list does not block a server's other requests. */
export async function verifyInTurns(
  verifier: Verifier,
  { citations }: VerificationRequest,
  signal?: AbortSignal,
): Promise<VerificationResponse> {
  const results: Verification[] = []
  let index: VerificationResponse['index'] = { id: '' }
  for (const citation of citations) {
    throwIfAborted(signal)
    const checked = verifier.verify({ citations: [citation] })
    results.push(...checked.results)
    index = checked.index
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { results, index }
}
