/** The answer as callers get it: cited passages, the quick scan of the first one's guide, paths, explanations. */
import { type LogisticModel, probabilityOf } from '../core/calibration.ts'
import { RetrievalError } from '../core/errors.ts'
import type { QuestionLanguage } from '../core/language.ts'
import type { Library } from '../core/library.ts'
import type { Passage } from '../core/passage.ts'
import type { GuideLink } from '../core/quick-scan.ts'
import type {
  Answerability,
  RetrievalRequest,
  RetrievalResponse,
  RetrievedPassage,
} from '../core/retrieval.ts'
import { roundTo, type Signals, toPassageSignals } from './answerability.ts'
import type { Collapsed } from './collapse.ts'
import type { Candidate } from './fusion.ts'
import type { Packed } from './packing.ts'
import type { Ranking } from './ranker.ts'
import type { Reranked } from './rerank.ts'
import { guideSupport, type MoveReason } from './tie-break.ts'

/** Guides that are named when no passage is returned. */
const NEAREST_GUIDES = 3

/** Everything known about a question once its candidates have been ranked, judged and packed. */
export type AnswerParts = Packed & {
  readonly request: RetrievalRequest
  readonly language: QuestionLanguage
  readonly library: Library
  readonly modelId: string
  readonly ranking: Ranking<Passage>
  /** After collapsing, best score first. */
  readonly scored: readonly Candidate[]
  /** After near-ties were broken. */
  readonly ranked: readonly Candidate[]
  readonly moved: ReadonlyMap<string, MoveReason>
  readonly collapsed: readonly Collapsed[]
  readonly reranked: Reranked
  readonly signals: Signals
  /** That the corpus answers the question. */
  readonly probability: number
  readonly answerability: Answerability
  /** Gives a passage's own probability. */
  readonly passageModel: LogisticModel
}

export function toResponse(parts: AnswerParts): Omit<RetrievalResponse, 'tookMs'> {
  const { request, language, library, ranking, reranked, chosen, omitted } = parts
  const { mode } = ranking
  const first = chosen[0]
  const guide = first && shownGuide(first.passage, parts)
  const abstains = parts.answerability.verdict === 'not_in_corpus'
  const support = request.explain ? guideSupport(parts.scored) : NO_SUPPORT
  return {
    query: request.query,
    language,
    answerability: parts.answerability,
    passages: chosen.map((candidate, i) => toRetrieved(candidate, i + 1, parts, support)),
    quickScan: guide && request.quickScan ? library.quickScan(guide) : null,
    paths: guide ? library.paths(guide) : null,
    ...(abstains ? { nearest: nearestGuides(parts.ranked, library) } : {}),
    omitted: omitted.length,
    mode,
    degraded: mode === 'lexical',
    reranker: reranked.status,
    ...(reranked.reason === undefined ? {} : { rerankerReason: reranked.reason }),
    index: { id: library.indexId, model: parts.modelId, passages: library.passageCount },
    ...(request.explain ? { explain: toExplanation(parts) } : {}),
  }
}

/** Mean score of each guide's best passages: shown in explanations only. */
type Support = ReadonlyMap<string, number>
const NO_SUPPORT: Support = new Map()

/** The first passage's guide, in the question's language where the guide has it and the request allows it. */
function shownGuide(passage: Passage, { request, language, library }: AnswerParts) {
  const isAllowed = request.languages?.includes(language) ?? true
  const wanted = isAllowed ? language : passage.language
  return library.guide(passage.guideId, wanted) ?? library.guide(passage.guideId, passage.language)
}

function toRetrieved(
  candidate: Candidate,
  rank: number,
  parts: AnswerParts,
  support: Support,
): RetrievedPassage {
  const { library, request } = parts
  const { passage } = candidate
  const guide = library.guide(passage.guideId, passage.language)
  if (!guide) {
    throw new RetrievalError('internal', `passage ${passage.id} has no guide in the library`)
  }
  const { id, title, url } = library.link(guide.meta)
  const best = parts.scored[0]?.fused ?? 0
  const signals = toPassageSignals(candidate, best, parts.probability)
  return {
    id: passage.id,
    rank,
    score: roundTo(probabilityOf(signals, parts.passageModel), 3),
    text: passage.text,
    language: passage.language,
    tokens: passage.tokens,
    headingPath: passage.headingPath,
    guide: { id, title, url },
    citation: library.cite(passage, `c${rank}`),
    ...(request.explain ? { explain: explainPassage(candidate, signals, parts, support) } : {}),
  }
}

function explainPassage(
  candidate: Candidate,
  signals: Readonly<Record<string, number>>,
  { moved, reranked }: AnswerParts,
  support: Support,
): RetrievedPassage['explain'] {
  const { id, guideId } = candidate.passage
  return {
    cosine: roundTo(candidate.cosine, 4),
    lift: roundTo(candidate.lift, 4),
    shift: roundTo(candidate.shift, 4),
    bm25: roundTo(candidate.bm25, 4),
    upperBound: roundTo(candidate.upperBound, 4),
    spelling: roundTo(candidate.ngramShare, 4),
    evidence: roundTo(candidate.evidence, 4),
    coverage: roundTo(candidate.coverage, 4),
    fused: roundTo(candidate.fused, 4),
    guideSupport: roundTo(support.get(guideId) ?? 0, 4),
    moved: moved.get(id) ?? null,
    rerankerScore: reranked.scores.get(id) ?? null,
    signals,
    denseRank: candidate.denseRank,
    lexicalRank: candidate.lexicalRank,
  }
}

function nearestGuides(ranked: readonly Candidate[], library: Library): GuideLink[] {
  const links = new Map<string, GuideLink>()
  for (const { passage } of ranked) {
    if (links.size === NEAREST_GUIDES) break
    const guide = library.guide(passage.guideId, passage.language)
    if (guide && !links.has(passage.guideId)) links.set(passage.guideId, library.link(guide.meta))
  }
  return [...links.values()]
}

function toExplanation({
  ranking: { lexical },
  signals,
  collapsed,
  omitted,
}: AnswerParts): RetrievalResponse['explain'] {
  return {
    terms: Object.fromEntries(
      Object.entries(lexical.terms).map(([language, terms]) => [language, [...terms]]),
    ),
    readings: Object.entries(lexical.readings).flatMap(([language, readings]) =>
      [...readings].map(([term, near]) => ({
        language,
        term,
        as: near.map((reading) => reading.term),
        weight: near[0]?.weight ?? 0,
      })),
    ),
    signals: { ...signals },
    collapsed: [...collapsed],
    omitted: omitted.map(({ passage }) => ({ id: passage.id, tokens: passage.tokens })),
  }
}
