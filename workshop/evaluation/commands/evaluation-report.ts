/** `nss-copilot eval report` without its process: asks everything that the report shows and writes the page. */
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { messageOf, RetrievalError } from '../../../src/engine/core/errors.ts'
import { compareBaselines, parseBaseline } from '../baseline.ts'
import { distribution, percentile, recallByDepth, riskByCoverage } from '../curves.ts'
import { type Judged, reliability } from '../gate.ts'
import { calibrationError, toJudged } from '../gate-figures.ts'
import type { ReportData, Timing } from '../report/data.ts'
import { renderReport } from '../report/page.ts'
import { takeHalf } from '../slices.ts'
import { systemDifference } from '../system-difference.ts'
import { type WorstQuestion, worstQuestions } from '../worst.ts'
import { BASELINE_FILE } from './eval-command.ts'
import { type AskedQuestion, DEPTH } from './evaluate-questions.ts'
import { type Evaluation, type EvaluationOptions, openEvaluation } from './evaluation.ts'
import {
  figuresOfHalf,
  type MeasuredSet,
  measureSet,
  toBaselineSet,
  toGateOutcome,
} from './measure.ts'
import { readQuestions } from './questions.ts'

export type ReportCommand = Omit<EvaluationOptions, 'fresh'> & {
  /** Holds the question sets, the baseline and the reasons. */
  readonly evalDir: string
  readonly out: string
  readonly print: (text: string) => void
  readonly now?: () => Date
}

export const REASONS_FILE = 'worst.yaml'
const WORST = 30

/** Systems whose recall is drawn beside the full one. */
const DRAWN = ['vectors alone', 'words alone', 'fusion by rank']

export async function writeReport(command: ReportCommand): Promise<ReportData> {
  // Times are a caller's: every question is embedded anew, and known from then on.
  const timed = await openEvaluation({ ...command, fresh: true })
  const { questions, acceptance } = await readSets(command.evalDir)
  let own: MeasuredSet
  try {
    own = { ...(await measureSet(timed, questions)) }
  } finally {
    await timed.close()
  }
  const evaluation = await openEvaluation(command)
  let data: ReportData
  try {
    const accepted = await measureSet(evaluation, acceptance)
    data = await assemble(command, evaluation, own, accepted)
  } finally {
    await evaluation.close()
  }
  await createNodeFiles().write(command.out, renderReport(data))
  command.print(`${command.out}: written`)
  announce(data, await readReasons(command.evalDir), command)
  return data
}

async function readSets(evalDir: string) {
  return {
    questions: await readQuestions(join(evalDir, 'questions')),
    acceptance: await readQuestions(join(evalDir, 'acceptance')),
  }
}

async function assemble(
  command: ReportCommand,
  evaluation: Evaluation,
  own: MeasuredSet,
  accepted: MeasuredSet,
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
  const reasons = await readReasons(command.evalDir)
  return {
    date: dateOf(command),
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
      questions: reliability(test.map((one) => toJudged(toGateOutcome(one)))),
      passages: reliability(seen),
      passageError: passageError(seen),
    },
    timings: timingsOf(own),
    baseline: await heldAgainst(command, evaluation, { questions: own, acceptance: accepted }),
    worst: worstOf(own).map((question) => ({ ...question, reason: reasons.get(question.id) })),
  }
}

function passageError(seen: readonly Judged[]) {
  if (seen.length > 0) return calibrationError(seen)
  throw new RetrievalError('evaluation_invalid', 'the gate let no passage through')
}

/** A question goes wrong when the guides do not answer it, or when no answering passage is among those returned. */
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

/** As callers ask: the gate as shipped, its defaults. */
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

async function heldAgainst(
  command: ReportCommand,
  evaluation: Evaluation,
  measured: Readonly<Record<string, MeasuredSet>>,
): Promise<ReportData['baseline']> {
  const path = join(command.evalDir, BASELINE_FILE)
  const files = createNodeFiles()
  if (!(await files.exists(path))) return undefined
  const before = parseBaseline(path, await files.readText(path))
  const sets: Record<string, Awaited<ReturnType<typeof toBaselineSet>>> = {}
  for (const [name, set] of Object.entries(measured)) sets[name] = await toBaselineSet(set)
  const now = { date: dateOf(command), index: evaluation.snapshot.manifest.id, sets }
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

async function readReasons(evalDir: string): Promise<Map<string, string>> {
  const path = join(evalDir, REASONS_FILE)
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

function announce(
  { worst }: ReportData,
  reasons: ReadonlyMap<string, string>,
  { print, evalDir }: ReportCommand,
): void {
  const path = join(evalDir, REASONS_FILE)
  const unread = worst.filter((question) => question.reason === undefined)
  const ids = new Set(worst.map((question) => question.id))
  const past = [...reasons.keys()].filter((id) => !ids.has(id))
  if (unread.length > 0) {
    print(`read these and say in ${path} why each fails:`)
    for (const { id, text } of unread) print(`  ${id}: ${text}`)
  }
  if (past.length > 0) print(`no longer among the worst: ${past.join(', ')}`)
}

function dateOf({ now }: ReportCommand): string {
  return (now?.() ?? new Date()).toISOString().slice(0, 10)
}
