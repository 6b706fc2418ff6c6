/** Asks a question set, with and without abstention, and measures everything that is reported about it. */
import { sha256Hex } from '../../../src/engine/core/hash.ts'
import { type AbstentionFigures, type AbstentionOutcome, abstentionFigures } from '../abstention.ts'
import { type BaselineSet, toEntry } from '../baseline.ts'
import { type CitationFigures, citationFigures, createCitationCheck } from '../citation-check.ts'
import type { Qrels } from '../measures.ts'
import type { Question } from '../questions.ts'
import { type SliceFigures, sliceFigures, takeHalf } from '../slices.ts'
import type { Split } from '../split.ts'
import { separateTies, type TrecRun } from '../trec.ts'
import type { AskedQuestion } from './ask-questions.ts'
import { BASE_URL, type Evaluation } from './evaluation.ts'

export type MeasuredSet = {
  readonly questions: readonly Question[]
  /** Asked without abstention: the ranking alone. */
  readonly open: readonly AskedQuestion[]
  /** Asked with abstention, as shipped; empty when only the ranking is measured. */
  readonly shipped: readonly AskedQuestion[]
  readonly citations: CitationFigures
}

/** The citation of every returned passage is checked, in both ways of asking. */
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
  readonly slices: readonly SliceFigures[]
  readonly abstention: AbstentionFigures | undefined
}

export function figuresOfHalf(measured: MeasuredSet, half: Split): HalfFigures {
  const open = takeHalf(measured.open, half)
  const shipped = measured.shipped.length > 0 ? takeHalf(measured.shipped, half) : undefined
  return {
    half,
    slices: open.some((one) => one.kind === 'answerable') ? sliceFigures(open) : [],
    abstention: shipped && abstentionFigures(shipped.map(toAbstentionOutcome)),
  }
}

export function toAbstentionOutcome({ id, kind, answer }: AskedQuestion): AbstentionOutcome {
  return { id, kind, ...answer.answerability }
}

/** The set's part of the baseline. */
export async function toBaselineSet(measured: MeasuredSet): Promise<BaselineSet> {
  const verdicts = new Map(measured.shipped.map((one) => [one.id, toAbstentionOutcome(one)]))
  const entriesOf = (kind: Question['kind']) =>
    Object.fromEntries(
      measured.open.flatMap((outcome) => {
        const shipped = verdicts.get(outcome.id)
        return outcome.kind === kind && shipped ? [[outcome.id, toEntry(outcome, shipped)]] : []
      }),
    )
  return {
    digest: (await sha256Hex(JSON.stringify(measured.questions))).slice(0, 16),
    answerable: entriesOf('answerable'),
    'near-domain': entriesOf('near-domain'),
    'out-of-domain': entriesOf('out-of-domain'),
  }
}

/** The ranking as a TREC run; ties are separated, so that trec_eval keeps the order. */
export function toRun(open: readonly AskedQuestion[]): TrecRun {
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
