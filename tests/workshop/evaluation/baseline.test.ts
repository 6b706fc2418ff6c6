import { describe, expect, it } from 'vitest'
import {
  type Baseline,
  type BaselineEntry,
  compareBaselines,
  formatBaseline,
  parseBaseline,
  toEntry,
} from '../../../workshop/evaluation/baseline.ts'
import { checkBaseline } from '../../../workshop/evaluation/baseline-check.ts'
import { outcome } from './outcomes.ts'

const GOOD: BaselineEntry = [1, 1000, 1, 990, 2]
const LATE: BaselineEntry = [4, 430, 0, 990, 2]

/** 200 answerable questions, all good but the first few. */
function baseline(
  late: number,
  digest = 'd1',
  unanswerable: BaselineEntry = [0, 0, 0, 40, 0],
): Baseline {
  const id = (i: number) => `q${String(i).padStart(3, '0')}`
  const entries = Array.from({ length: 200 }, (_, i) => [id(i), i < late ? LATE : GOOD] as const)
  return {
    date: '2026-11-25',
    index: 'sha256:0',
    sets: {
      questions: {
        digest,
        answerable: Object.fromEntries(entries),
        'near-domain': {},
        'out-of-domain': Object.fromEntries(
          Array.from({ length: 60 }, (_, i) => [`out${i}`, unanswerable]),
        ),
      },
    },
  }
}

const moved = (before: Baseline, after: Baseline) =>
  compareBaselines(before, after)
    .filter(({ verdict }) => verdict !== 'same')
    .map(({ measure, verdict }) => `${measure} ${verdict}`)

describe('the comparison with a baseline', () => {
  it('finds nothing where nothing changed', () => {
    expect(moved(baseline(9), baseline(9))).toEqual([])
    expect(checkBaseline(baseline(9), baseline(9))).toEqual([])
  })

  it('treats a change of one question as chance', () => {
    expect(moved(baseline(9), baseline(10))).toEqual([])
    expect(moved(baseline(10), baseline(9))).toEqual([])
  })

  it('finds a fall beyond chance, and names the questions', () => {
    const faults = checkBaseline(baseline(0), baseline(12))
    expect(faults.join('\n')).toMatch(/questions: Success@1 is worse: 1\.0000 -> 0\.9400/)
    expect(faults.join('\n')).toContain('q003: 1.000 -> 0.000')
    expect(faults.join('\n')).toContain('and 4 more')
  })

  it('finds a rise beyond chance, which must be written down', () => {
    expect(moved(baseline(12), baseline(0))).toEqual([
      'Success@1 better',
      'Success@3 better',
      'nDCG@10 better',
      'MRR@10 better',
      'guide first better',
    ])
    expect(checkBaseline(baseline(12), baseline(0)).join('\n')).toContain(
      'better than the baseline says',
    )
  })

  it('takes off-topic questions that are answered for a fall', () => {
    const answered = baseline(0, 'd1', [0, 0, 0, 900, 2])
    expect(moved(baseline(0), answered)).toEqual([
      'off-topic answered worse',
      'squared error, off-topic worse',
    ])
  })

  it('takes probabilities that moved by a rounding for the same', () => {
    const nudged = baseline(0, 'd1', [0, 0, 0, 41, 0])
    expect(moved(baseline(0), nudged)).toEqual([])
  })

  it('says when the questions or judgments differ', () => {
    expect(checkBaseline(baseline(0), baseline(0, 'd2'))).toEqual([
      expect.stringContaining('the questions or judgments of questions differ from the baseline'),
    ])
    const withoutSets = { ...baseline(0), sets: {} }
    expect(checkBaseline(withoutSets, baseline(0))).toHaveLength(1)
  })

  it('compares the questions that both hold', () => {
    const [one, two] = [baseline(0), baseline(0)]
    delete two.sets.questions?.answerable.q000
    expect(compareBaselines(one, two)[0]?.questions).toBe(199)
  })
})

describe('the baseline file', () => {
  it('reads back as it was written, one line a question', () => {
    const content = formatBaseline(baseline(2))
    expect(parseBaseline('baseline.json', content)).toEqual(baseline(2))
    expect(content).toContain('"q000": [4, 430, 0, 990, 2],\n')
  })

  it.each(['', '{}', '{"date":"2026-11-25","index":"","sets":{"a":{}}}'])(
    'is refused when it holds %j',
    (content) => {
      expect(() => parseBaseline('eval/baseline.json', content)).toThrow('eval/baseline.json')
    },
  )

  it('stores the rank of the first relevant passage and the verdict of each question', () => {
    const asked = outcome('q', ['curp.b', 'nss.a'], ['nss.a'])
    const gate = { id: 'q', kind: 'answerable', probability: 0.4567, verdict: 'partial' } as const
    expect(toEntry(asked, gate)).toEqual([2, 631, 0, 457, 1])
    expect(toEntry(outcome('q', ['x'], ['nss.a']), gate)[0]).toBe(0)
  })
})
