/** The report: one HTML page that needs nothing else. */

import { baselineSection } from './baseline-section.ts'
import type { ReportData } from './data.ts'
import { gateSection } from './gate-section.ts'
import { latencySection } from './latency-section.ts'
import { tag } from './markup.ts'
import { section, tile } from './parts.ts'
import { goalsSection, slicesSection } from './ranking-section.ts'
import { STYLE } from './style.ts'
import { ablationNotes, systemsSection } from './systems-section.ts'
import { worstSection } from './worst-section.ts'

const PLACES = {
  goals: 'Goals',
  slices: 'By slice',
  systems: 'Parts',
  gate: 'Keeping quiet',
  latency: 'Time',
  baseline: 'Baseline',
  worst: 'What went wrong',
  method: 'Method',
}

export function renderReport(data: ReportData): string {
  const page = tag('html', { lang: 'en' }, [
    tag('head', {}, [
      tag('meta', { charset: 'utf-8' }),
      tag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      tag('title', {}, ['nss-copilot: does the right passage come first?']),
      // Escaping would change the sheet, which is ours.
      tag('style', {}, [{ markup: STYLE }]),
    ]),
    tag('body', {}, [
      header(data),
      tag('main', {}, [
        goalsSection(data),
        slicesSection(data),
        systemsSection(data),
        gateSection(data),
        latencySection(data),
        baselineSection(data),
        worstSection(data),
        methodSection(data),
      ]),
      tag('footer', {}, [
        `Index ${data.index.id}, model ${data.index.model}, ${data.index.guides} guides, ${data.index.passages} passages. Measured ${data.date} by `,
        tag('code', {}, ['npm run eval:report']),
        '.',
      ]),
    ]),
  ])
  return `<!doctype html>\n${page.markup}\n`
}

function header(data: ReportData) {
  const all = data.test.slices[0]?.figures
  const percent = (value: number | undefined) =>
    value === undefined ? '–' : `${(value * 100).toFixed(1)} %`
  const { questions: asked, citations, test } = data
  const number = (value: number | undefined) => value?.toFixed(3) ?? '–'
  return tag('header', {}, [
    tag('h1', {}, [
      'Does the right passage come first, and does it keep quiet when there is none?',
    ]),
    tag('p', { class: 'lead' }, [
      `${asked.all} questions in English, Spanish and both at once, ${asked.answerable} of them answered by the guides, asked of nss-copilot through the same code that serves `,
      tag('code', {}, ['/retrieve']),
      `. What they should find is judged by quotes from the guides. ${asked.acceptance} more questions are kept for acceptance: nobody looks at them while tuning.`,
    ]),
    tag('nav', { 'aria-label': 'Sections' }, [
      tag(
        'ul',
        {},
        Object.entries(PLACES).map(([id, name]) =>
          tag('li', {}, [tag('a', { href: `#${id}` }, [name])]),
        ),
      ),
    ]),
    tag('div', { class: 'tiles' }, [
      tile(percent(all?.['Success@1'].mean), 'an answer comes first', 'Success@1, test half'),
      tile(percent(all?.['Success@3'].mean), 'an answer among three', 'Success@3, test half'),
      tile(
        number(test.gate?.aurocOutOfDomain?.mean),
        'tells off-topic questions',
        `AUROC; ${number(test.gate?.aurocNearDomain?.mean)} against questions that only sound like the guides`,
      ),
      tile(
        percent(citations.rate),
        'of citations hold',
        `quote, offsets, hash, link and source checked on ${citations.passages.toLocaleString('en')} returned passages`,
      ),
    ]),
  ])
}

function methodSection(data: ReportData) {
  return section(
    'method',
    'How it was measured',
    'Everything on this page was computed by the command that wrote it; only the reasons under the worst questions are written, not computed.',
    [
      tag('ul', {}, [
        tag('li', {}, [
          'Judgments name a guide and a quote; a passage is relevant when it holds at least half of the quote, however guides are cut. Grade 2 answers, grade 1 helps.',
        ]),
        tag('li', {}, [
          'Of a section in both languages one passage is returned, so only the question’s language counts.',
        ]),
        tag('li', {}, [
          'A question belongs to dev when the first byte of the SHA-256 of its id is even. Weights, thresholds and the gate are chosen on dev; test is only measured.',
        ]),
        tag('li', {}, [
          'The ranking is measured with the gate open, 20 passages deep; the gate as shipped, with the defaults of a caller.',
        ]),
        tag('li', {}, [
          'Measures are trec_eval’s, checked against its code. Intervals: 95 % percentile bootstrap over questions, paired where two systems are compared.',
        ]),
        tag('li', {}, [
          'Expected calibration error is never 0 by chance alone: beside it stands what a perfectly calibrated model with the same probabilities would show.',
        ]),
      ]),
      tag('h3', {}, ['What was taken away']),
      ablationNotes(data),
    ],
  )
}
