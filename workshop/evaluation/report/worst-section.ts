/** The questions that went worst, each with what was expected, what came and why. */
import type { CameInstead } from '../worst.ts'
import type { ExplainedQuestion, ReportData } from './data.ts'
import { type Markup, tag } from './markup.ts'
import { section } from './parts.ts'

export function worstSection({ worst }: ReportData): Markup {
  const unread = worst.filter(({ reason }) => reason === undefined).length
  return section(
    'worst',
    `The ${worst.length} questions that went worst`,
    `By nDCG@10 over both halves, the gate left open. Under each stands why it fails, as found by reading it${unread === 0 ? '.' : `; ${unread} are not read yet.`}`,
    worst.map(toDetails),
  )
}

function toDetails(question: ExplainedQuestion): Markup {
  const { id, text, language, style, half, ndcg, firstRelevant, reason, judgments, came } = question
  const rank =
    firstRelevant === undefined ? 'nothing relevant came' : `first relevant at ${firstRelevant}`
  return tag('details', {}, [
    tag('summary', {}, [
      tag('span', { class: 'q', lang: language === 'es' ? 'es' : 'en' }, [text]),
      tag('span', { class: 'why' }, [reason ?? 'Not read yet.']),
    ]),
    tag('div', { class: 'body' }, [
      tag('p', { class: 'small' }, [
        tag('code', {}, [id]),
        ` ${language}, ${style}, ${half} half; nDCG@10 ${ndcg.toFixed(2)}, ${rank}`,
      ]),
      tag('div', { class: 'columns' }, [
        tag('div', {}, [
          tag('h3', {}, ['Expected']),
          ...expected(question).map((judgment) =>
            tag('blockquote', {}, [
              tag('p', { lang: judgment.language }, [judgment.quote]),
              tag('p', { class: 'small' }, [
                `${judgment.guide}, ${judgment.language}, ${judgment.grade === 2 ? 'full answer' : 'part of it'}`,
              ]),
            ]),
          ),
          ...(judgments.length > expected(question).length
            ? [
                tag('p', { class: 'small' }, [
                  `and ${judgments.length - expected(question).length} more judged places`,
                ]),
              ]
            : []),
        ]),
        tag('div', {}, [tag('h3', {}, ['Came']), ...came.map(toCame)]),
      ]),
    ]),
  ])
}

const EXPECTED_SHOWN = 4

/** The question's own language and full answers first. */
function expected({ judgments, language }: ExplainedQuestion): ExplainedQuestion['judgments'] {
  const distance = (judgment: (typeof judgments)[number]) =>
    (judgment.language === language || language === 'mixed' ? 0 : 2) + (2 - judgment.grade)
  return [...judgments].sort((a, b) => distance(a) - distance(b)).slice(0, EXPECTED_SHOWN)
}

const TEXT_SHOWN = 260

function toCame(passage: CameInstead, i: number): Markup {
  const { text, grade, score, cosine, evidence, fused } = passage
  const cut = text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN).trimEnd()} …` : text
  const judged = grade === 2 ? 'full answer' : grade === 1 ? 'part of it' : 'not judged relevant'
  const shown = score === undefined ? 'not returned by the gate' : `score ${score.toFixed(2)}`
  return tag('div', { class: grade > 0 ? 'came hit' : 'came' }, [
    tag('p', { lang: passage.language }, [cut]),
    tag('p', { class: 'small' }, [
      `${i + 1}. ${[passage.guide, passage.heading].filter((part) => part !== '').join(' > ')}`,
    ]),
    tag('p', { class: 'small' }, [
      `${judged}; ${shown}; fused ${fused.toFixed(3)} from cosine ${cosine.toFixed(3)} and evidence ${evidence.toFixed(3)}`,
    ]),
  ])
}
