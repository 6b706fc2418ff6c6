/** One table row per run: means over all judged queries; a query that the run lacks counts as 0. */
import { type BootstrapOptions, bootstrapMean, type Interval } from './bootstrap.ts'
import {
  type Judgments,
  mean,
  ndcgAt,
  type Qrels,
  recallAt,
  reciprocalRankAt,
  successAt,
} from './measures.ts'

export type Measure = (ranked: readonly string[], judgments: Judgments) => number

const MEANS = {
  'Recall@10': (ranked, judgments) => recallAt(ranked, judgments, 10),
  'Recall@100': (ranked, judgments) => recallAt(ranked, judgments, 100),
  'MRR@10': (ranked, judgments) => reciprocalRankAt(ranked, judgments, 10),
  'Success@1': (ranked, judgments) => successAt(ranked, judgments, 1),
} satisfies Record<string, Measure>

export const SUMMARY_COLUMNS = ['nDCG@10', ...Object.keys(MEANS)]

/** Document ids best first, by query id. */
export type Rankings = ReadonlyMap<string, readonly string[]>

/** One value for every judged query, in the order of the judgments; queries without judgments are left out. */
export function measureQueries(
  rankings: Rankings,
  qrels: Qrels,
  measure: Measure,
): Map<string, number> {
  return new Map(
    [...qrels].map(([query, judgments]) => [query, measure(rankings.get(query) ?? [], judgments)]),
  )
}

/** The columns of `SUMMARY_COLUMNS` to four places, nDCG@10 with its 95 % interval. */
export function summarize(rankings: Rankings, qrels: Qrels, options: BootstrapOptions): string[] {
  const values = (measure: Measure) => [...measureQueries(rankings, qrels, measure).values()]
  const ndcg = bootstrapMean(
    values((ranked, judgments) => ndcgAt(ranked, judgments, 10)),
    options,
  )
  return [
    formatInterval(ndcg),
    ...Object.values(MEANS).map((measure) => mean(values(measure)).toFixed(4)),
  ]
}

function formatInterval({ mean: middle, low, high }: Interval): string {
  return `${middle.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`
}
