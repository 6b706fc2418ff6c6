/** Formats tool results as text for a model or a person, to accompany the structured content. */
import type { CitedSource } from '../../engine/core/citation.ts'
import type { QuickScan } from '../../engine/core/quick-scan.ts'
import type { RetrievalResponse, RetrievedPassage } from '../../engine/core/retrieval.ts'
import type { Verification, VerificationResponse } from '../../engine/core/verification.ts'

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** `IMSS: Title (official, as reported elsewhere, verified 2026-04-15) https://...` */
export function sourceLine(source: CitedSource): string {
  const { publisher, title, authority, seen, lastVerified, url } = source
  const reported = seen === 'reported' ? ', as reported elsewhere' : ''
  return `${publisher}: ${title} (${authority}${reported}, verified ${lastVerified})${url ? ` ${url}` : ''}`
}

/** `IMSS (official, as reported elsewhere, verified 2026-04-15)` */
function shortSource({ publisher, authority, seen, lastVerified }: CitedSource): string {
  const reported = seen === 'reported' ? ', as reported elsewhere' : ''
  return `${publisher} (${authority}${reported}, verified ${lastVerified})`
}

/**
 * How to shorten a long answer. `brief` omits what the structured content has anyway; `quickScanLeftOut` adds a note that
 * the quick scan was dropped.
 */
export type TextOptions = { readonly brief?: boolean; readonly quickScanLeftOut?: boolean }

export function readableAnswer(answer: RetrievalResponse, options: TextOptions = {}): string {
  const { answerability, passages, quickScan, paths, omitted } = answer
  const parts = [
    verdictLine(answer),
    ...passages.map((passage) => readablePassage(passage, options.brief)),
  ]
  if (answer.degraded) parts.push('Degraded: answered by words alone, without the embedding model.')
  if (omitted > 0) {
    parts.push(`${omitted} more passages were left out for length: raise maxTokens, or fetch them.`)
  }
  if (quickScan && !options.brief) parts.push(briefScan(quickScan))
  const guide = passages[0]?.guide.id
  if (options.quickScanLeftOut && guide) {
    parts.push(`The quick scan was left out for length: call quick_scan with guide "${guide}".`)
  }
  const steps = paths?.nextSteps ?? []
  if (steps.length > 0) {
    parts.push(`Next guides:\n${steps.map(({ title, url }) => `- ${title}: ${url}`).join('\n')}`)
  }
  const nearest = answer.nearest ?? []
  if (answerability.verdict === 'not_in_corpus' && nearest.length > 0) {
    parts.push(
      `Nearest guides, which may not answer it:\n${nearest.map(({ title, url }) => `- ${title}: ${url}`).join('\n')}`,
    )
  }
  return parts.join('\n\n')
}

function verdictLine({ answerability }: RetrievalResponse): string {
  const { verdict, probability, reason } = answerability
  const sure = `(${verdict}, ${percent(probability)})`
  if (verdict === 'not_in_corpus') {
    return `NOT IN THE GUIDES ${sure}. ${reason} Tell the user that these guides do not answer the question; do not answer it from memory as if they did.`
  }
  if (verdict === 'partial') {
    return `The guides may not answer the whole question ${sure}. ${reason} Say what is missing.`
  }
  return `The guides answer this ${sure}. ${reason}`
}

function readablePassage(passage: RetrievedPassage, brief = false): string {
  const { rank, id, guide, headingPath, text, citation } = passage
  const stale = citation.stale ? ' STALE: past its review day, say so.' : ''
  return [
    `[${rank}] ${[guide.title, ...headingPath].join(' > ')} (passage ${id})`,
    text,
    `Cite: ${citation.url}${stale}`,
    `Sources: ${citation.sources.map(brief ? shortSource : sourceLine).join('; ')}`,
  ].join('\n')
}

function briefScan({ guide, facts }: QuickScan): string {
  const lines = facts.map(({ label, value }) => `- ${label}: ${value}`)
  return `Quick scan of "${guide.title}":\n${lines.join('\n')}`
}

export function readableScan(scan: QuickScan): string {
  const { guide, facts, fixFirst } = scan
  const stale = scan.stale ? '. STALE: past its review day, say so' : ''
  const lines = [
    `${guide.title} (${guide.language}): ${guide.url}`,
    `Updated ${scan.updated}${stale}.`,
    `Best for: ${scan.bestFor}`,
    `Helps to: ${scan.helpsYouDo}`,
    `Answers: ${scan.coreQuestions.join(' / ')}`,
    `Official bodies: ${scan.officialBodies.join(', ')}`,
    `At a glance: ${scan.chips.join(', ')}`,
    'Facts:',
    ...facts.map(
      ({ label, value, citation }) =>
        `- ${label}: ${value}${citation.stale ? ' (stale)' : ''} [${citation.url}]`,
    ),
  ]
  if (fixFirst) {
    lines.push(`Fix first: ${fixFirst.guide.title} (${fixFirst.guide.url}). ${fixFirst.why}`)
  }
  return lines.join('\n')
}

const VERDICTS: Record<Verification['verdict'], string> = {
  found: 'FOUND',
  stitched: 'STITCHED (true pieces joined: show them apart)',
  altered: 'ALTERED (not what the guide says: correct it)',
  misattributed: 'MISATTRIBUTED (stands elsewhere: correct the link)',
  not_found: 'NOT FOUND (do not present it as a quote)',
}

export function readableVerification({ results }: VerificationResponse): string {
  return results
    .map(({ verdict, reason, forgiven, places }, i) => {
      const forgave = forgiven.length > 0 ? ` Differs only in ${forgiven.join(', ')}.` : ''
      const lines = [`[${i + 1}] ${VERDICTS[verdict]}: ${reason}${forgave}`]
      for (const { guide, url, text } of places) lines.push(`  ${guide.title}: "${text}" ${url}`)
      return lines.join('\n')
    })
    .join('\n')
}
