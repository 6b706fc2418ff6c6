/** The calibrated models of an index: the probability that it answers a question, and that a passage does. */
import * as z from 'zod'

const logisticSchema = z.strictObject({
  bias: z.number(),
  weights: z.record(z.string(), z.number()),
})

export const calibrationSchema = z.strictObject({
  /** Fingerprint of the index that the models were fitted on. */
  fingerprint: z.string(),
  /** Date of the fit, and how many questions it used. */
  date: z.iso.date(),
  questions: z.number().int().nonnegative(),
  /** Models for whole questions: `hybrid` with the embedding model, `lexical` without it. */
  hybrid: logisticSchema,
  lexical: logisticSchema,
  /** The same for single passages. */
  passage: z.strictObject({ hybrid: logisticSchema, lexical: logisticSchema }),
  thresholds: z.strictObject({
    hybrid: z.strictObject({ answerable: z.number(), partial: z.number() }),
    lexical: z.strictObject({ answerable: z.number(), partial: z.number() }),
  }),
  /** Measured on the held-out half with these thresholds. */
  errorRates: z.record(z.string(), z.number()),
})
export type Calibration = z.infer<typeof calibrationSchema>

/** Weights by signal name; a signal without a weight is ignored. */
export type LogisticModel = Calibration['hybrid']

/** Logistic regression: the sigmoid of bias + sum of weight * signal; a missing signal counts as 0. */
export function probabilityOf(
  signals: Readonly<Record<string, number>>,
  model: LogisticModel,
): number {
  let sum = model.bias
  for (const [name, weight] of Object.entries(model.weights)) sum += weight * (signals[name] ?? 0)
  return 1 / (1 + Math.exp(-sum))
}

/** Log-odds of a probability, clipped to [0.001, 0.999] so that certainty stays finite. */
export function logOdds(probability: number): number {
  const bounded = Math.min(0.999, Math.max(0.001, probability))
  return Math.log(bounded / (1 - bounded))
}

const NOTHING = { bias: 0, weights: {} }
const OPEN = { answerable: 0, partial: 0 }

/** Never abstains, since both thresholds are 0: for measuring the ranking alone. */
export const OPEN_GATE: Calibration = {
  fingerprint: '',
  date: '2026-11-23',
  questions: 0,
  hybrid: NOTHING,
  lexical: NOTHING,
  passage: { hybrid: NOTHING, lexical: NOTHING },
  thresholds: { hybrid: OPEN, lexical: OPEN },
  errorRates: {},
}
