/** The report: one HTML page that loads nothing else. */
import { html, raw } from 'hono/html'
import { abstentionSection } from './abstention-section.ts'
import { baselineSection } from './baseline-section.ts'
import type { ReportData } from './data.ts'
import { latencySection } from './latency-section.ts'
import { type Html, section, tile } from './parts.ts'
import { goalsSection, slicesSection } from './ranking-section.ts'
import { REPORT_STYLE } from './style.ts'
import { ablationNotes, systemsSection } from './systems-section.ts'
import { worstSection } from './worst-section.ts'

/** Section ids to the names in the navigation. */
const SECTIONS = {
  goals: 'Goals',
  slices: 'By slice',
  systems: 'Parts',
  abstention: 'Abstention',
  latency: 'Latency',
  baseline: 'Baseline',
  worst: 'Worst questions',
  method: 'Method',
}

export async function renderReport(data: ReportData): Promise<string> {
  const { index, date } = data
  const sections = [
    goalsSection(data),
    slicesSection(data),
    systemsSection(data),
    abstentionSection(data),
    latencySection(data),
    baselineSection(data),
    worstSection(data),
    methodSection(data),
  ]
  const page = await html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>nss-copilot: evaluation</title><style>${raw(REPORT_STYLE)}</style></head><body>${header(data)}<main>${sections}</main><footer>Index ${index.id}, model ${index.model}, ${index.guides} guides, ${index.passages} passages. Measured on ${date} by <code>npm run eval:report</code>.</footer></body></html>
`
  return String(page)
}

function header({ questions, citations, test }: ReportData): Html {
  const all = test.slices[0]?.figures
  const percent = (value: number | undefined) =>
    value === undefined ? '–' : `${(value * 100).toFixed(1)} %`
  const number = (value: number | undefined) => value?.toFixed(3) ?? '–'
  const links = Object.entries(SECTIONS).map(
    ([id, name]) => html`<li><a href="#${id}">${name}</a></li>`,
  )
  const tiles = [
    tile(percent(all?.['Success@1'].mean), 'an answer comes first', 'Success@1, test half'),
    tile(percent(all?.['Success@3'].mean), 'an answer among three', 'Success@3, test half'),
    tile(
      number(test.abstention?.aurocOutOfDomain?.mean),
      'detects off-topic questions',
      `AUROC; ${number(test.abstention?.aurocNearDomain?.mean)} against questions that only sound like the guides`,
    ),
    tile(
      percent(citations.rate),
      'of citations hold',
      `quote, offsets, hash, link and source checked on ${citations.passages.toLocaleString('en')} returned passages`,
    ),
  ]
  return html`<header><h1>Does the right passage come first, and does it abstain when there is none?</h1><p class="lead">${questions.all} questions in English, Spanish and a mix of both, ${questions.answerable} of them answered by the guides, asked of nss-copilot through the same code that serves <code>/retrieve</code>. What they should find is judged by quotes from the guides. ${questions.acceptance} more questions are kept for acceptance and never used for tuning.</p><nav aria-label="Sections"><ul>${links}</ul></nav><div class="tiles">${tiles}</div></header>`
}

const METHOD = [
  'Judgments name a guide and a quote; a passage is relevant when it contains at least half of the quote, however guides are chunked. Grade 2 answers the question, grade 1 helps.',
  'A section that exists in both languages is returned in one, so only the question’s language counts.',
  'A question belongs to dev when the first byte of the SHA-256 of its id is even. Weights, thresholds and the answerability model are chosen on dev; test is only measured.',
  'The ranking is measured without abstention, 20 passages deep; abstention as shipped, with a caller’s defaults.',
  'Measures are defined as in trec_eval and checked against its code. Intervals: 95 % percentile bootstrap over questions, paired where two systems are compared.',
  'Expected calibration error is never 0, by chance alone: beside it is the range that a perfectly calibrated model with the same probabilities would show.',
]

function methodSection(data: ReportData): Html {
  return section(
    'method',
    'How it was measured',
    'Everything on this page was computed by the command that wrote it, except the reasons under the worst questions, which are written by hand.',
    [
      html`<ul>${METHOD.map((line) => html`<li>${line}</li>`)}</ul>`,
      html`<h3>What was removed</h3>${ablationNotes(data)}`,
    ],
  )
}
