/** Answers a question through the ports: rank, collapse, break near-ties, judge answerability, rerank, pack, cite. */
import { throwIfAborted } from '../core/abort.ts'
import { type Calibration, probabilityOf } from '../core/calibration.ts'
import type { QuestionLanguage } from '../core/language.ts'
import type { Library } from '../core/library.ts'
import type { Passage } from '../core/passage.ts'
import type { Reranker } from '../core/reranker.ts'
import type { Retriever } from '../core/retrieval.ts'
import { DEFAULT_CALIBRATION, roundTo, toAnswerability, toSignals } from './answerability.ts'
import { createCollapse } from './collapse.ts'
import { entitiesOf } from './entities.ts'
import type { Candidate } from './fusion.ts'
import { pack } from './packing.ts'
import { createRanker, type RankerDeps, type Ranking } from './ranker.ts'
import { checkGuides, toPassageFilter } from './request-filter.ts'
import { rerank } from './rerank.ts'
import { toResponse } from './response.ts'
import { createSourceQuality } from './source-quality.ts'
import { breakNearTies, type TieBreakOptions } from './tie-break.ts'

/** The default; the service sets it from the setting of the same name. */
const RERANKER_TIMEOUT_MS = 1000

export type RetrieverDeps = RankerDeps<Passage> & {
  readonly library: Library
  readonly modelId: string
  readonly detectLanguage: (text: string) => QuestionLanguage
  readonly tieBreak?: Omit<TieBreakOptions, 'sourceQuality'>
  readonly reranker?: Reranker | undefined
  readonly rerankerTimeoutMs?: number
  /** Without it, probabilities are rough estimates (`DEFAULT_CALIBRATION`). */
  readonly calibration?: Calibration
  /** Milliseconds of a monotonic clock. */
  readonly clock?: () => number
}

export function createRetriever(deps: RetrieverDeps): Retriever {
  const { library } = deps
  const ranker = createRanker(deps)
  const calibration = deps.calibration ?? DEFAULT_CALIBRATION
  const clock = deps.clock ?? (() => performance.now())
  const sourceQuality = createSourceQuality(deps.passages, library)
  const collapse = createCollapse(deps.passages, sourceQuality.isWellSourced)

  return {
    async retrieve(request, { signal } = {}) {
      checkGuides(request, library)
      const began = clock()
      let embedded = began
      const ranking = await ranker.rank(request.query, {
        signal,
        filter: toPassageFilter(request),
        onEmbedded: () => {
          embedded = clock()
        },
      })
      throwIfAborted(signal)

      const language = deps.detectLanguage(request.query)
      const { kept: scored, collapsed } = collapse(ranking.candidates, language)
      const { ranked, moved } = breakNearTies(scored, { sourceQuality, ...deps.tieBreak })
      const judgment = judge(request.query, language, scored, ranking, calibration)
      const abstains = judgment.answerability.verdict === 'not_in_corpus'
      const reranked = await rerank(request.query, abstains ? [] : ranked, {
        reranker: deps.reranker,
        timeoutMs: deps.rerankerTimeoutMs ?? RERANKER_TIMEOUT_MS,
      })
      const answer = toResponse({
        ...judgment,
        ...pack(reranked.ranked, request.limit, request.maxTokens),
        request,
        language,
        library,
        ranking,
        scored,
        ranked,
        moved,
        collapsed,
        reranked,
        modelId: deps.modelId,
        passageModel: calibration.passage[ranking.mode],
      })
      const ended = clock()
      return {
        ...answer,
        tookMs: {
          embed: roundTo(embedded - began, 2),
          search: roundTo(ended - embedded, 2),
          total: roundTo(ended - began, 2),
        },
      }
    },
  }
}

/** Whether the corpus answers the question, from what the ranking shows. */
function judge(
  query: string,
  language: QuestionLanguage,
  scored: readonly Candidate[],
  { mode, lexical }: Ranking<Passage>,
  calibration: Calibration,
) {
  const signals = toSignals({
    ranked: scored,
    language,
    terms: Math.max(...Object.values(lexical.terms).map((terms) => terms.length)),
    known: Math.max(...Object.values(lexical.known)),
    entities: entitiesOf(query),
  })
  const probability = scored.length === 0 ? 0 : probabilityOf(signals, calibration[mode])
  const answerability = toAnswerability(probability, calibration.thresholds[mode])
  return { signals, probability, answerability }
}
