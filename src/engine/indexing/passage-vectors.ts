/**
 * A passage's vector: a mix of its text, its heading (which says what question it answers) and its expected questions.
 * It remains one unit vector per passage, so the mix costs nothing at search time.
 */
import { normalize } from '../core/vector.ts'
import { type EmbedTextsOptions, embedTexts } from './embed-texts.ts'

/**
 * Weight of the heading against the text. Chosen on the dev halves of the public sets whose documents have titles, SciFact and
 * StackFAQ: `npm run eval:beir -- DIR... --split dev`.
 */
export const HEADING_WEIGHT = 0.4

export type Embeddable = {
  /** Title and heading path; empty where there are none. */
  readonly heading: string
  /** Heading and text together. */
  readonly text: string
  /** Expected questions that the passage answers. */
  readonly expectedQuestions?: readonly string[]
}

/**
 * Weight of the expected questions' mean against text and heading. Chosen on the dev half of `eval/questions`:
 * `npm run eval -- --half dev`.
 */
export const EXPECTED_QUESTIONS_WEIGHT = 0.3

/** One unit vector per passage, in order, and how many texts had to be embedded. */
export async function passageVectors(
  passages: readonly Embeddable[],
  options: Omit<EmbedTextsOptions, 'kind'>,
): Promise<{ vectors: Float32Array[]; embedded: number }> {
  const texts = passages.flatMap(({ heading, text, expectedQuestions = [] }) => [
    text,
    heading,
    ...expectedQuestions,
  ])
  const distinct = [...new Set(texts)].filter((text) => text !== '')
  const { vectors, embedded } = await embedTexts(distinct, { ...options, kind: 'passage' })
  const vectorOf = new Map(distinct.map((text, i) => [text, vectors[i] ?? new Float32Array()]))
  const of = (text: string) => vectorOf.get(text) ?? new Float32Array()
  return { vectors: passages.map((passage) => mix(passage, of)), embedded }
}

function mix(
  { heading, text, expectedQuestions = [] }: Embeddable,
  of: (text: string) => Float32Array,
): Float32Array {
  const whole = of(text)
  if (heading === '' && expectedQuestions.length === 0) return whole
  const headed = heading === '' ? whole : blend(whole, of(heading), HEADING_WEIGHT)
  if (expectedQuestions.length === 0) return headed
  return blend(headed, meanOf(expectedQuestions.map(of)), EXPECTED_QUESTIONS_WEIGHT)
}

/** Unit vector of (1 - weight) * a + weight * b. */
function blend(a: Float32Array, b: Float32Array, weight: number): Float32Array {
  return normalize(a.map((value, i) => (1 - weight) * value + weight * (b[i] ?? 0)))
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0)
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0)
  return normalize(sum)
}
