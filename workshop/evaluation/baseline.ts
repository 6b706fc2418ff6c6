/**
 * The stored results, one entry per question, so that a later measurement can be compared pairwise. That separates
 * significant changes from noise and shows which questions caused them.
 */
import * as z from 'zod'
import { messageOf, RetrievalError } from '../../src/engine/core/errors.ts'
import type { Answerability } from '../../src/engine/core/retrieval.ts'
import type { AbstentionOutcome } from './abstention.ts'
import { bootstrapDifference, type Interval } from './bootstrap.ts'
import { firstRelevantRank, OUTCOME_MEASURES, type Outcome } from './outcome.ts'
import { createRandom } from './random.ts'

const thousandths = z.number().int().min(0).max(1000)

/** Rank of the first relevant passage (0: none), nDCG@10, right guide first, probability, verdict (0 refused, 1 partial, 2 answerable). */
const entrySchema = z.tuple([
  z.number().int().nonnegative(),
  thousandths,
  z.union([z.literal(0), z.literal(1)]),
  thousandths,
  z.union([z.literal(0), z.literal(1), z.literal(2)]),
])
export type BaselineEntry = z.infer<typeof entrySchema>

const setSchema = z.strictObject({
  /** Of the questions and their judgments. */
  digest: z.string(),
  answerable: z.record(z.string(), entrySchema),
  'near-domain': z.record(z.string(), entrySchema),
  'out-of-domain': z.record(z.string(), entrySchema),
})
export type BaselineSet = z.infer<typeof setSchema>

export const baselineSchema = z.strictObject({
  date: z.iso.date(),
  index: z.string(),
  sets: z.record(z.string(), setSchema),
})
export type Baseline = z.infer<typeof baselineSchema>

const VERDICTS: Record<Answerability['verdict'], 0 | 1 | 2> = {
  not_in_corpus: 0,
  partial: 1,
  answerable: 2,
}

/** One question's entry: its ranking without abstention, and the shipped verdict. */
export function toEntry(outcome: Outcome, shipped: AbstentionOutcome): BaselineEntry {
  return [
    firstRelevantRank(outcome) ?? 0,
    Math.round(OUTCOME_MEASURES['nDCG@10'](outcome) * 1000),
    OUTCOME_MEASURES['guide first'](outcome) === 1 ? 1 : 0,
    Math.round(shipped.probability * 1000),
    VERDICTS[shipped.verdict],
  ]
}

type Kind = AbstentionOutcome['kind']
type HeldMeasure = {
  readonly kind: Kind
  /** 1: more is better; -1: less is. */
  readonly sign: 1 | -1
  readonly value: (entry: BaselineEntry) => number
}

const within = (k: number) => (entry: BaselineEntry) => (entry[0] > 0 && entry[0] <= k ? 1 : 0)
const answered = (entry: BaselineEntry) => (entry[4] > 0 ? 1 : 0)
const brier = (truth: 0 | 1) => (entry: BaselineEntry) => (entry[3] / 1000 - truth) ** 2

/** The measures that are compared with the baseline. */
export const HELD: Readonly<Record<string, HeldMeasure>> = {
  'Success@1': { kind: 'answerable', sign: 1, value: within(1) },
  'Success@3': { kind: 'answerable', sign: 1, value: within(3) },
  'nDCG@10': { kind: 'answerable', sign: 1, value: (entry) => entry[1] / 1000 },
  'MRR@10': {
    kind: 'answerable',
    sign: 1,
    value: (entry) => (within(10)(entry) === 1 ? 1 / entry[0] : 0),
  },
  'guide first': { kind: 'answerable', sign: 1, value: (entry) => entry[2] },
  'answerable refused': { kind: 'answerable', sign: -1, value: (entry) => 1 - answered(entry) },
  'off-topic answered': { kind: 'out-of-domain', sign: -1, value: answered },
  'near-domain answered': { kind: 'near-domain', sign: -1, value: answered },
  'squared error, answerable': { kind: 'answerable', sign: -1, value: brier(1) },
  'squared error, near-domain': { kind: 'near-domain', sign: -1, value: brier(0) },
  'squared error, off-topic': { kind: 'out-of-domain', sign: -1, value: brier(0) },
}

export type Change = {
  readonly set: string
  readonly measure: string
  readonly questions: number
  readonly before: number
  readonly after: number
  /** Now minus the baseline, in the measure's own direction. */
  readonly difference: Interval
  readonly verdict: 'better' | 'worse' | 'same'
  /** Questions whose value changed, the largest change first. */
  readonly changed: readonly {
    readonly id: string
    readonly before: number
    readonly after: number
  }[]
}

/** Changes of a mean up to this size are noise: processors round differently, which can swap near-ties. */
const TOLERANCE = 0.002
const SEED = 1

/** Compares every measure of `HELD` for the sets that both have, over the questions that both have. */
export function compareBaselines(before: Baseline, after: Baseline): Change[] {
  return Object.entries(after.sets).flatMap(([set, now]) => {
    const then = before.sets[set]
    return then ? compareSets(set, then, now) : []
  })
}

function compareSets(set: string, then: BaselineSet, now: BaselineSet): Change[] {
  return Object.entries(HELD).flatMap(([measure, { kind, sign, value }]) => {
    const shared = Object.keys(now[kind]).filter((id) => then[kind][id] !== undefined)
    if (shared.length === 0) return []
    const values = (entries: Readonly<Record<string, BaselineEntry>>) =>
      new Map(
        shared.flatMap((id) => {
          const entry = entries[id]
          return entry ? [[id, value(entry)] as const] : []
        }),
      )
    const [a, b] = [values(now[kind]), values(then[kind])]
    const difference = bootstrapDifference(a, b, { random: createRandom(SEED) })
    const changed = shared
      .map((id) => ({ id, before: b.get(id) ?? 0, after: a.get(id) ?? 0 }))
      .filter((one) => one.before !== one.after)
      .sort((x, y) => Math.abs(y.after - y.before) - Math.abs(x.after - x.before))
    const meanOf = (of: ReadonlyMap<string, number>) =>
      [...of.values()].reduce((sum, one) => sum + one, 0) / of.size
    return [
      {
        set,
        measure,
        questions: shared.length,
        before: meanOf(b),
        after: meanOf(a),
        difference,
        verdict: verdictOf(difference, sign),
        changed,
      },
    ]
  })
}

function verdictOf({ mean, low, high }: Interval, sign: 1 | -1): Change['verdict'] {
  if (Math.abs(mean) <= TOLERANCE || (low <= 0 && high >= 0)) return 'same'
  return mean * sign > 0 ? 'better' : 'worse'
}

/** Names of the sets whose questions or judgments differ from the baseline's. */
export function changedSets(before: Baseline, after: Baseline): string[] {
  return Object.entries(after.sets)
    .filter(([set, { digest }]) => before.sets[set]?.digest !== digest)
    .map(([set]) => set)
}

/** Throws `evaluation_invalid` naming the file. */
export function parseBaseline(name: string, content: string): Baseline {
  try {
    return baselineSchema.parse(JSON.parse(content))
  } catch (cause) {
    throw new RetrievalError('evaluation_invalid', `${name}: ${messageOf(cause).slice(0, 300)}`, {
      cause,
    })
  }
}

/** JSON with one line per question, so that diffs are readable. */
export function formatBaseline(baseline: Baseline): string {
  return `${JSON.stringify(baseline, null, 1).replace(/\[\s+([\d,\s]+?)\s+\]/g, (_, inner: string) => `[${inner.replace(/\s+/g, ' ')}]`)}\n`
}
