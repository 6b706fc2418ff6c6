/** Brings together what the report shows: figures by half, ablations, curves, timings and the worst questions. */
import { parse } from 'yaml'
import * as z from 'zod'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { messageOf, RetrievalError } from '../../../src/engine/core/errors.ts'
import { calibrationError, toJudged } from '../abstention.ts'
import { type AskedQuestion, DEPTH } from '../asking/ask-questions.ts'
import type { Evaluation } from '../asking/evaluation.ts'
import {
  figuresOfHalf,
  type MeasuredSet,
  toAbstentionOutcome,
  toBaselineSet,
} from '../asking/measured-set.ts'
import { type BaselineSet, compareBaselines, parseBaseline } from '../baseline.ts'
import { distribution, recallByDepth, riskByCoverage } from '../curves.ts'
import { percentile } from '../percentile.ts'
import { type Judged, reliability } from '../probability-measures.ts'
import { takeHalf } from '../slices.ts'
import { systemDifference } from '../system-difference.ts'
import { type WorstQuestion, worstQuestions } from '../worst.ts'
import type { ReportData, Timing } from './data.ts'

/** How many of the worst questions are shown. */
const WORST = 30

/** Ablations whose recall is drawn beside that of the full system. */
const DRAWN = ['vectors alone', 'words alone', 'fusion by rank']

export type ReportInput = {
  /** Day of the measurement, YYYY-MM-DD. */
  readonly date: string
  readonly own: MeasuredSet
  readonly accepted: MeasuredSet
  /** By question id. */
  readonly reasons: ReadonlyMap<string, string>
  /** May be missing: the report then says so. */
  readonly baselinePath: string
}

/** Asks the ablations and brings together everything that the page shows. */
export async function collectReport(
  evaluation: Evaluation,
  { date, own, accepted, reasons, baselinePath }: ReportInput,
): Promise<ReportData> {
  const { open, shipped } = own
  const test = takeHalf(shipped, 'test')
  const ablations = []
  const recall = [{ name: 'full system', points: recallByDepth(open, DEPTH) }]
  for (const ablation of evaluation.ablations) {
    const without = await evaluation.askWithout(ablation, own.questions)
    const { name, about } = ablation
    ablations.push({ name, about, difference: systemDifference(without, open) })
    if (DRAWN.includes(name)) recall.push({ name, points: recallByDepth(without, DEPTH) })
  }
  const count = (kind: AskedQuestion['kind']) => open.filter((one) => one.kind === kind).length
  const { manifest, guides, passages } = evaluation.snapshot
  const seen = test.flatMap(({ ranked, grades }) =>
    ranked.map(({ id, score }) => ({ probability: score, positive: (grades.get(id) ?? 0) > 0 })),
  )
  return {
    date,
    index: {
      id: manifest.id,
      model: manifest.model,
      guides: guides.length,
      passages: passages.length,
    },
    questions: {
      all: open.length,
      answerable: count('answerable'),
      spanish: open.filter((one) => one.language === 'es').length,
      nearDomain: count('near-domain'),
      outOfDomain: count('out-of-domain'),
      acceptance: accepted.questions.length,
    },
    test: { name: 'test', ...figuresOfHalf(own, 'test') },
    dev: { name: 'dev', ...figuresOfHalf(own, 'dev') },
    acceptance: { name: 'acceptance', ...figuresOfHalf(accepted, 'all') },
    citations: {
      passages: own.citations.passages + accepted.citations.passages,
      rate: Math.min(own.citations.rate, accepted.citations.rate),
      faults: [...own.citations.faults, ...accepted.citations.faults],
    },
    recall,
    ablations,
    risk: risksOf(takeHalf(open, 'test'), test),
    reliability: {
      questions: reliability(test.map((one) => toJudged(toAbstentionOutcome(one)))),
      passages: reliability(seen),
      passageError: passageError(seen),
    },
    timings: timingsOf(own),
    baseline: await compareWithBaseline(baselinePath, date, evaluation, {
      questions: own,
      acceptance: accepted,
    }),
    worst: worstOf(own).map((question) => ({ ...question, reason: reasons.get(question.id) })),
  }
}

function passageError(seen: readonly Judged[]) {
  if (seen.length > 0) return calibrationError(seen)
  throw new RetrievalError(
    'evaluation_invalid',
    'no passage was returned for any question of the test half',
  )
}

/** A question goes wrong when the guides do not answer it, or when none of its first five passages is relevant. */
function risksOf(
  open: readonly AskedQuestion[],
  shipped: readonly AskedQuestion[],
): ReportData['risk'] {
  const ranked = new Map(open.map((one) => [one.id, one]))
  const hit = ({ id, grades }: AskedQuestion) =>
    ranked
      .get(id)
      ?.ranked.slice(0, 5)
      .some((passage) => (grades.get(passage.id) ?? 0) > 0)
  const thin = (items: { probability: number; wrong: boolean }[]) =>
    riskByCoverage(items).filter(({ x }) => x >= 0.02)
  return {
    unanswerable: thin(
      shipped.map(({ probability, kind }) => ({ probability, wrong: kind !== 'answerable' })),
    ),
    wrong: thin(
      shipped.map((one) => ({
        probability: one.probability,
        wrong: one.kind !== 'answerable' || !hit(one),
      })),
    ),
    shipped:
      shipped.filter((one) => one.answer.answerability.verdict !== 'not_in_corpus').length /
      shipped.length,
  }
}

/** Timed with abstention as shipped and a caller's defaults. */
function timingsOf({ shipped }: MeasuredSet): Timing[] {
  const of = (name: string, pick: (took: AskedQuestion['answer']['tookMs']) => number): Timing => {
    const values = shipped.map((one) => pick(one.answer.tookMs))
    const [p50 = 0, p95 = 0, p99 = 0] = [0.5, 0.95, 0.99].map((share) => percentile(values, share))
    return { name, points: distribution(values), p50, p95, p99 }
  }
  return [
    of('search', (took) => took.search),
    of('embedding', (took) => took.embed),
    of('total', (took) => took.total),
  ]
}

async function compareWithBaseline(
  path: string,
  date: string,
  evaluation: Evaluation,
  measured: Readonly<Record<string, MeasuredSet>>,
): Promise<ReportData['baseline']> {
  const files = createNodeFiles()
  if (!(await files.exists(path))) return undefined
  const before = parseBaseline(path, await files.readText(path))
  const sets: Record<string, BaselineSet> = {}
  for (const [name, set] of Object.entries(measured)) sets[name] = await toBaselineSet(set)
  const now = { date, index: evaluation.snapshot.manifest.id, sets }
  return { date: before.date, changes: compareBaselines(before, now) }
}

function worstOf({ open, shipped }: MeasuredSet): WorstQuestion[] {
  const scores = new Map(
    shipped.flatMap(({ id, answer }) =>
      answer.passages.map((passage) => [`${id} ${passage.id}`, passage.score] as const),
    ),
  )
  return worstQuestions(open, WORST, (question, passage) => scores.get(`${question} ${passage}`))
}

const reasonsSchema = z.record(z.string(), z.string().min(10)).nullable()

/** Why each of the worst questions fails, by question id; empty without the file. Throws `evaluation_invalid` naming it. */
export async function readReasons(path: string): Promise<Map<string, string>> {
  const files = createNodeFiles()
  if (!(await files.exists(path))) return new Map()
  try {
    return new Map(Object.entries(reasonsSchema.parse(parse(await files.readText(path))) ?? {}))
  } catch (cause) {
    throw new RetrievalError(
      'evaluation_invalid',
      `${path}: question id to one sentence that says why it fails (${messageOf(cause).slice(0, 200)})`,
      { cause },
    )
  }
}
