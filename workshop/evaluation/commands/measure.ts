/** Asks a question set and measures everything that is reported of it. */
import { sha256Hex } from '../../../src/engine/core/hash.ts'
import { type BaselineSet, toEntry } from '../baseline.ts'
import { type CitationFigures, citationFigures, createCitationCheck } from '../citation-check.ts'
import { type GateFigures, type GateOutcome, gateFigures } from '../gate-figures.ts'
import type { Qrels } from '../measures.ts'
import type { Question } from '../questions.ts'
import { type Run, separateTies } from '../run.ts'
import { type Slice, sliceFigures, takeHalf } from '../slices.ts'
import type { Split } from '../split.ts'
import type { AskedQuestion } from './evaluate-questions.ts'
import { BASE_URL, type Evaluation } from './evaluation.ts'

export type MeasuredSet = {
  readonly questions: readonly Question[]
  /** Gate open: the ranking. */
  readonly open: readonly AskedQuestion[]
  /** As shipped; empty when only the ranking is measured. */
  readonly shipped: readonly AskedQuestion[]
  readonly citations: CitationFigures
}

/** Every returned passage is checked, those of the deep look too. */
export async function measureSet(
  evaluation: Evaluation,
  questions: readonly Question[],
  { rankingOnly = false }: { readonly rankingOnly?: boolean } = {},
): Promise<MeasuredSet> {
  const open = await evaluation.askOpen(questions)
  const shipped = rankingOnly ? [] : await evaluation.askShipped(questions)
  const guides = evaluation.snapshot.guides.map(({ meta, text }) => ({ ...meta, text }))
  const check = await createCitationCheck(guides, BASE_URL)
  return { questions, open, shipped, citations: citationFigures([...open, ...shipped], check) }
}

export type HalfFigures = {
  readonly half: Split
  readonly slices: readonly Slice[]
  readonly gate: GateFigures | undefined
}

export function figuresOfHalf(measured: MeasuredSet, half: Split): HalfFigures {
  const open = takeHalf(measured.open, half)
  const shipped = measured.shipped.length > 0 ? takeHalf(measured.shipped, half) : undefined
  return {
    half,
    slices: open.some((one) => one.kind === 'answerable') ? sliceFigures(open) : [],
    gate: shipped && gateFigures(shipped.map(toGateOutcome)),
  }
}

export function toGateOutcome({ id, kind, answer }: AskedQuestion): GateOutcome {
  return { id, kind, ...answer.answerability }
}

/** The set's part of the baseline. */
export async function toBaselineSet(measured: MeasuredSet): Promise<BaselineSet> {
  const gates = new Map(measured.shipped.map((one) => [one.id, toGateOutcome(one)]))
  const entriesOf = (kind: Question['kind']) =>
    Object.fromEntries(
      measured.open.flatMap((outcome) => {
        const gate = gates.get(outcome.id)
        return outcome.kind === kind && gate ? [[outcome.id, toEntry(outcome, gate)]] : []
      }),
    )
  return {
    digest: (await sha256Hex(JSON.stringify(measured.questions))).slice(0, 16),
    answerable: entriesOf('answerable'),
    'near-domain': entriesOf('near-domain'),
    'out-of-domain': entriesOf('out-of-domain'),
  }
}

/** The ranking as a TREC run: fused scores would tie, so ranks are kept by scores that strictly descend. */
export function toRun(open: readonly AskedQuestion[]): Run {
  return new Map(
    open
      .filter((one) => one.kind === 'answerable')
      .map(({ id, answer }) => [
        id,
        separateTies(
          answer.passages.map((passage) => ({
            id: passage.id,
            score: passage.explain?.fused ?? passage.score,
          })),
        ),
      ]),
  )
}

export function toQrels(open: readonly AskedQuestion[]): Qrels {
  return new Map(
    open.filter((one) => one.kind === 'answerable').map(({ id, grades }) => [id, grades]),
  )
}
