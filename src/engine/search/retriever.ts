/** The question's path over ports: embed and look up, fuse, collapse, judge, pack, cite. */
import { type Calibration, probabilityOf } from '../core/calibration.ts'
import { RetrievalError } from '../core/errors.ts'
import type { QuestionLanguage } from '../core/language.ts'
import type { LexicalQuery } from '../core/lexical-index.ts'
import type { Library } from '../core/library.ts'
import type { Passage } from '../core/passage.ts'
import type { GuideLink } from '../core/quick-scan.ts'
import type { Reranker } from '../core/reranker.ts'
import type {
  RetrievalRequest,
  RetrievalResponse,
  RetrievedPassage,
  Retriever,
} from '../core/retrieval.ts'
import { isOfficial } from '../core/source.ts'
import {
  DEFAULT_CALIBRATION,
  roundTo,
  type Signals,
  toAnswerability,
  toPassageSignals,
  toSignals,
} from './answerability.ts'
import { type Collapsed, createCollapse } from './collapse.ts'
import { entitiesOf } from './entities.ts'
import type { Candidate } from './fusion.ts'
import { giveLead, guideSupport, type LeadOptions, type Moved } from './lead.ts'
import { pack } from './packing.ts'
import { createRanker, type RankerDeps } from './ranker.ts'
import { rerank } from './rerank.ts'
import { createStanding } from './standing.ts'

const NEAREST_GUIDES = 3
const RERANKER_TIMEOUT_MS = 1000

export type RetrieverDeps = RankerDeps<Passage> & {
  readonly library: Library
  readonly modelId: string
  readonly detectLanguage: (text: string) => QuestionLanguage
  /** How the first places are given; see `giveLead`. */
  readonly lead?: Omit<LeadOptions, 'standing'>
  readonly reranker?: Reranker | undefined
  readonly rerankerTimeoutMs?: number
  /** Without it the probabilities are uncalibrated. */
  readonly calibration?: Calibration
  /** Milliseconds of a monotonic clock. */
  readonly clock?: () => number
}

export function createRetriever(deps: RetrieverDeps): Retriever {
  const { library } = deps
  const ranker = createRanker(deps)
  const calibration = deps.calibration ?? DEFAULT_CALIBRATION
  const clock = deps.clock ?? (() => performance.now())
  const standing = createStanding(deps.passages, library)
  const collapse = createCollapse(deps.passages, standing.isOfficial)

  return {
    async retrieve(request, { signal } = {}): Promise<RetrievalResponse> {
      checkGuides(request, library)
      const began = clock()
      let embedded = began
      const ranking = await ranker.rank(request.query, {
        signal,
        filter: toFilter(request, library),
        onEmbedded: () => {
          embedded = clock()
        },
      })
      if (signal?.aborted) throw new RetrievalError('aborted', 'the request was aborted')

      const language = deps.detectLanguage(request.query)
      const { kept: scored, collapsed } = collapse(ranking.candidates, language)
      const { mode, lexical } = ranking
      const { ranked: led, moved } = giveLead(scored, { standing, ...deps.lead })
      const terms = Math.max(0, ...Object.values(lexical.terms).map(({ length }) => length))
      const signals = toSignals({
        ranked: scored,
        language,
        terms,
        known: Math.max(0, ...Object.values(lexical.known)),
        entities: entitiesOf(request.query),
      })
      const probability = led.length === 0 ? 0 : probabilityOf(signals, calibration[mode])
      const answerability = toAnswerability(probability, calibration.thresholds[mode])
      const silent = answerability.verdict === 'not_in_corpus'
      const reranked = await rerank(request.query, silent ? [] : led, {
        reranker: deps.reranker,
        timeoutMs: deps.rerankerTimeoutMs ?? RERANKER_TIMEOUT_MS,
      })
      const { chosen, omitted } = pack(reranked.ranked, request.limit, request.maxTokens)
      const best = scored[0]?.fused ?? 0
      const judge = (candidate: Candidate): Judged => {
        const passageSignals = toPassageSignals(candidate, best, probability)
        return {
          signals: passageSignals,
          score: probabilityOf(passageSignals, calibration.passage[mode]),
        }
      }
      const support = request.explain ? guideSupport(scored) : NO_SUPPORT
      const first = chosen[0]
      const shown = first && shownGuide(first.passage, language, request, library)
      const answer = {
        query: request.query,
        language,
        answerability,
        passages: chosen.map((candidate, i) =>
          toRetrieved(
            candidate,
            i + 1,
            {
              ...judge(candidate),
              support,
              moved: moved.get(candidate.passage.id) ?? null,
              rerankerScore: reranked.scores.get(candidate.passage.id) ?? null,
            },
            request,
            library,
          ),
        ),
        quickScan: shown && request.quickScan ? library.quickScan(shown) : null,
        paths: shown ? library.paths(shown) : null,
        ...(silent ? { nearest: nearestGuides(led, library) } : {}),
        omitted: omitted.length,
        mode,
        degraded: mode === 'lexical',
        reranker: reranked.status,
        ...(reranked.reason === undefined ? {} : { rerankerReason: reranked.reason }),
        index: { id: library.indexId, model: deps.modelId, passages: library.passageCount },
        ...(request.explain
          ? { explain: toExplanation(lexical, signals, collapsed, omitted) }
          : {}),
      }
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

/** A passage's own probability and what it comes from. */
type Judged = { readonly score: number; readonly signals: Readonly<Record<string, number>> }
/** And why it stands where it stands. */
type Placed = Judged & {
  readonly support: ReadonlyMap<string, number>
  readonly moved: Moved | null
  readonly rerankerScore: number | null
}

/** Only explanations need it. */
const NO_SUPPORT: ReadonlyMap<string, number> = new Map()

function checkGuides(request: RetrievalRequest, library: Library): void {
  for (const id of request.guides ?? []) {
    if (library.languagesOf(id).length === 0) {
      throw new RetrievalError(
        'invalid_request',
        `guides: there is no guide "${id}"; GET /guides lists them`,
        {
          details: { field: 'guides' },
        },
      )
    }
  }
}

/** Undefined when nothing is asked for: the ranking then need not look deeper. */
function toFilter(
  request: RetrievalRequest,
  library: Library,
): ((passage: Passage) => boolean) | undefined {
  const { languages, guides, minAuthority } = request
  if (!languages && !guides && minAuthority === 'secondary') return undefined
  return (passage) =>
    (!languages || languages.includes(passage.language)) &&
    (!guides || guides.includes(passage.guideId)) &&
    (minAuthority === 'secondary' ||
      passage.sources.some((source) =>
        isOfficial(library.source(source.id)?.authority ?? 'secondary'),
      ))
}

/** The first passage's guide, in the question's language where it exists and is asked for. */
function shownGuide(
  passage: Passage,
  language: QuestionLanguage,
  request: RetrievalRequest,
  library: Library,
) {
  const isWanted = request.languages?.includes(language) ?? true
  const wanted = isWanted ? language : passage.language
  return library.guide(passage.guideId, wanted) ?? library.guide(passage.guideId, passage.language)
}

function toRetrieved(
  candidate: Candidate,
  rank: number,
  { score, signals, support, moved, rerankerScore }: Placed,
  request: RetrievalRequest,
  library: Library,
): RetrievedPassage {
  const { passage } = candidate
  const guide = library.guide(passage.guideId, passage.language)
  if (!guide) throw new RetrievalError('internal', `passage ${passage.id} without guide`)
  const { id, title, url } = library.link(guide.meta)
  return {
    id: passage.id,
    rank,
    score: roundTo(score, 3),
    text: passage.text,
    language: passage.language,
    tokens: passage.tokens,
    headingPath: passage.headingPath,
    guide: { id, title, url },
    citation: library.cite(passage, `c${rank}`),
    ...(request.explain
      ? {
          explain: {
            cosine: roundTo(candidate.cosine, 4),
            lift: roundTo(candidate.lift, 4),
            shift: roundTo(candidate.shift, 4),
            bm25: roundTo(candidate.bm25, 4),
            upperBound: roundTo(candidate.upperBound, 4),
            spelling: roundTo(candidate.ngramShare, 4),
            evidence: roundTo(candidate.evidence, 4),
            coverage: roundTo(candidate.coverage, 4),
            fused: roundTo(candidate.fused, 4),
            guideSupport: roundTo(support.get(passage.guideId) ?? 0, 4),
            moved,
            rerankerScore,
            signals,
            denseRank: candidate.denseRank,
            lexicalRank: candidate.lexicalRank,
          },
        }
      : {}),
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

function toExplanation(
  lexical: LexicalQuery,
  signals: Signals,
  collapsed: readonly Collapsed[],
  omitted: readonly Candidate[],
): RetrievalResponse['explain'] {
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
