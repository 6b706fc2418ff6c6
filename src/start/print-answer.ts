/** Formats an answer for people, as text in a terminal. */
import type { styleText } from 'node:util'
import type { RetrievalResponse, RetrievedPassage } from '../engine/core/retrieval.ts'

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

/** `paint` adds colours, or nothing if the output is not a terminal. */
export function printAnswer(answer: RetrievalResponse, paint: Paint): string {
  const { answerability, language, mode, tookMs } = answer
  const lines = [
    `${paint('bold', answerability.verdict)} (${Math.round(answerability.probability * 100)} %), ${language}, ${mode}${answer.degraded ? ', degraded' : ''}, ${tookMs.total} ms`,
    answerability.reason,
  ]
  for (const passage of answer.passages) lines.push('', ...printPassage(passage, paint))
  if (answer.omitted > 0)
    lines.push('', `${answer.omitted} more passages did not fit into the token budget`)
  for (const guide of answer.nearest ?? [])
    lines.push(`nearest guide: ${guide.title}  ${guide.url}`)
  if (answer.quickScan) {
    const { guide, facts } = answer.quickScan
    lines.push('', paint('bold', `Quick scan: ${guide.title}`))
    lines.push(...facts.map((fact) => `  ${fact.label}: ${fact.value}`))
  }
  for (const step of answer.paths?.nextSteps ?? []) lines.push(`next: ${step.title}  ${step.url}`)
  if (answer.explain) {
    lines.push(
      '',
      ...Object.entries(answer.explain.terms).map(
        ([language, terms]) => `terms ${language}: ${terms.join(' ')}`,
      ),
    )
    lines.push(`signals: ${JSON.stringify(answer.explain.signals)}`)
    lines.push(
      ...answer.explain.collapsed
        .slice(0, 10)
        .map(({ id, into, why }) => `collapsed: ${id} into ${into} (${why})`),
    )
  }
  return lines.join('\n')
}

function printPassage(passage: RetrievedPassage, paint: Paint): string[] {
  const { citation, explain } = passage
  const path = [passage.guide.title, ...passage.headingPath].join(' > ')
  const sources = citation.sources.map(
    (source) =>
      `  ${source.publisher}: ${source.title} (${source.authority}${source.seen === 'reported' ? ', as reported' : ''}, checked ${source.lastVerified})${source.url ? ` ${source.url}` : ''}`,
  )
  return [
    paint('cyan', `${passage.rank}. ${path}  [${passage.score}]${citation.stale ? '  STALE' : ''}`),
    passage.text,
    paint('dim', `  ${citation.url}  [${citation.start}, ${citation.end})`),
    ...sources.map((source) => paint('dim', source)),
    ...(explain ? [paint('dim', `  ${JSON.stringify(explain)}`)] : []),
  ]
}
