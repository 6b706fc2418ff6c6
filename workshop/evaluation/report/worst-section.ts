/** The worst-ranked questions, each with the expected passages, the returned ones and the reason. */
import { html } from 'hono/html'
import type { ReturnedPassage } from '../worst.ts'
import type { ExplainedQuestion, ReportData } from './data.ts'
import { type Html, section } from './parts.ts'

export function worstSection({ worst }: ReportData): Html {
  const open = worst.filter(({ reason }) => reason === undefined).length
  return section(
    'worst',
    `The ${worst.length} worst-ranked questions`,
    `By nDCG@10 over both halves, without abstention. Each has the reason why it fails, as found by reading it${open === 0 ? '.' : `; ${open} are not read yet.`}`,
    worst.map(toDetails),
  )
}

function toDetails(question: ExplainedQuestion): Html {
  const { id, text, language, style, half, ndcg, firstRelevant, reason, judgments } = question
  const rank =
    firstRelevant === undefined
      ? 'nothing relevant returned'
      : `first relevant at rank ${firstRelevant}`
  const shown = expected(question)
  const rest = judgments.length - shown.length
  return html`<details><summary><span class="q" lang="${language === 'es' ? 'es' : 'en'}">${text}</span><span class="why">${reason ?? 'Not read yet.'}</span></summary><div class="body"><p class="small"><code>${id}</code> ${language}, ${style}, ${half} half; nDCG@10 ${ndcg.toFixed(2)}, ${rank}</p><div class="columns"><div><h3>Expected</h3>${shown.map(toQuote)}${rest > 0 ? html`<p class="small">and ${rest} more judged places</p>` : ''}</div><div><h3>Returned</h3>${question.returned.map(toReturned)}</div></div></div></details>`
}

type Judgment = ExplainedQuestion['judgments'][number]

const EXPECTED_SHOWN = 4

/** The question's own language and full answers first. */
function expected({ judgments, language }: ExplainedQuestion): Judgment[] {
  const distance = (judgment: Judgment) =>
    (judgment.language === language || language === 'mixed' ? 0 : 2) + (2 - judgment.grade)
  return [...judgments].sort((a, b) => distance(a) - distance(b)).slice(0, EXPECTED_SHOWN)
}

function toQuote({ guide, language, quote, grade }: Judgment): Html {
  return html`<blockquote><p lang="${language}">${quote}</p><p class="small">${guide}, ${language}, ${grade === 2 ? 'full answer' : 'part of it'}</p></blockquote>`
}

/** Characters of a passage. */
const TEXT_SHOWN = 260

function toReturned(passage: ReturnedPassage, i: number): Html {
  const { text, grade, score, cosine, evidence, fused } = passage
  const cut = text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN).trimEnd()} …` : text
  const path = [passage.guide, passage.heading].filter((part) => part !== '').join(' > ')
  const judged = grade === 2 ? 'full answer' : grade === 1 ? 'part of it' : 'not judged relevant'
  const scored = score === undefined ? 'not returned as shipped' : `score ${score.toFixed(2)}`
  return html`<div class="returned${grade > 0 ? ' hit' : ''}"><p lang="${passage.language}">${cut}</p><p class="small">${i + 1}. ${path}</p><p class="small">${judged}; ${scored}; fused ${fused.toFixed(3)} from cosine ${cosine.toFixed(3)} and evidence ${evidence.toFixed(3)}</p></div>`
}
