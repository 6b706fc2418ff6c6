/**
 * A passage's vector: its text's, with some of its heading's, since a heading says what question it answers, and some of
 * the questions that authors expect. Still one unit vector a passage, so that it costs nothing at search time.
 */
import { normalize } from '../core/vector.ts'
import { type EmbedTextsOptions, embedTexts } from './embed-texts.ts'

/** The heading's part; chosen on the dev halves of the public sets that have headings. */
export const HEADING_WEIGHT = 0.4

export type Embeddable = {
  /** Title and heading path; empty where there are none. */
  readonly heading: string
  /** Heading and text together. */
  readonly text: string
  /** Questions that the passage's section is asked. */
  readonly asked?: readonly string[]
}

/** The questions' part, of what the text leaves; chosen on the dev half of the project's own questions. */
export const ASKED_WEIGHT = 0.3

/** One unit vector per passage, in order, and how many texts had to be embedded. */
export async function passageVectors(
  passages: readonly Embeddable[],
  options: Omit<EmbedTextsOptions, 'kind'>,
): Promise<{ vectors: Float32Array[]; embedded: number }> {
  const texts = passages.flatMap(({ heading, text, asked = [] }) => [text, heading, ...asked])
  const distinct = [...new Set(texts)].filter((text) => text !== '')
  const { vectors, embedded } = await embedTexts(distinct, { ...options, kind: 'passage' })
  const vectorOf = new Map(distinct.map((text, i) => [text, vectors[i] ?? new Float32Array()]))
  const of = (text: string) => vectorOf.get(text) ?? new Float32Array()
  return { vectors: passages.map((passage) => mix(passage, of)), embedded }
}

function mix(
  { heading, text, asked = [] }: Embeddable,
  of: (text: string) => Float32Array,
): Float32Array {
  const whole = of(text)
  if (heading === '' && asked.length === 0) return whole
  const headed = heading === '' ? whole : blend(whole, of(heading), HEADING_WEIGHT)
  return asked.length === 0 ? headed : blend(headed, meanOf(asked.map(of)), ASKED_WEIGHT)
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
