import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  parseOwnQuestionsOptions,
  runOwnQuestions,
} from '../../../../workshop/evaluation/commands/own-questions.ts'
import { averagePrecision, mean } from '../../../../workshop/evaluation/measures.ts'
import type { Question } from '../../../../workshop/evaluation/questions.ts'
import { measureQueries } from '../../../../workshop/evaluation/summary.ts'
import { parseRun, parseTrecQrels, rankRun } from '../../../../workshop/evaluation/trec.ts'
import { temporaryFolder, writeSample } from '../../../fixtures/built-index.ts'
import { QUESTIONS, sampleEvaluation, writeQuestions } from '../../../fixtures/sample-evaluation.ts'

const evaluate = (given: object, command: Parameters<typeof runOwnQuestions>[1]) =>
  runOwnQuestions(parseOwnQuestionsOptions(given), command)
const invalid = (message: string) =>
  expect.objectContaining({
    code: 'evaluation_invalid',
    message: expect.stringContaining(message),
  })

describe('the evaluation', () => {
  it('prints every measure, every slice, abstention and citations', async () => {
    const command = await sampleEvaluation(temporaryFolder())
    await evaluate({}, command)
    const [text = ''] = command.printed
    expect(text).toContain('questions, half: all; 14 questions, 8 answerable')
    for (const name of ['Success@1', 'nDCG@10', 'MAP', 'guide first', 'language es', 'style typo'])
      expect(text).toContain(name)
    expect(text).toMatch(/off-topic answered +0\.\d{3} \[/)
    expect(text).toMatch(/citations that hold: 1 of \d{2,} passages/)
  })

  it('measures one half and prints it as JSON', async () => {
    const command = await sampleEvaluation(temporaryFolder())
    await evaluate({ json: true, half: 'dev' }, command)
    await evaluate({ json: true, half: 'test' }, command)
    const halves = command.printed.map((text) => JSON.parse(text))
    expect(halves.map(({ half }) => half)).toEqual(['dev', 'test'])
    const counts = halves.map(({ slices }) => slices[0].questions)
    expect(counts.every((count) => count > 0)).toBe(true)
    expect(counts[0] + counts[1]).toBe(8)
  })

  it('leaves out what depends on the fit with --fit-free', async () => {
    const command = await sampleEvaluation(temporaryFolder())
    await evaluate({ fitFree: true }, command)
    expect(command.printed[0]).toContain('Success@1')
    expect(command.printed[0]).not.toContain('AUROC')
  })

  it('writes a run and judgments that reproduce the same figures', async () => {
    const dir = temporaryFolder()
    const command = await sampleEvaluation(dir)
    const [run, qrels] = [join(dir, 'a.trec'), join(dir, 'a.qrels')]
    await evaluate({ json: true, run, qrels }, command)
    const judged = parseTrecQrels(readFileSync(qrels, 'utf8'))
    const ranked = [...parseRun(readFileSync(run, 'utf8'))]
    const rankings = new Map(ranked.map(([id, hits]) => [id, rankRun(hits)]))
    const values = measureQueries(rankings, judged, averagePrecision)
    const { slices } = JSON.parse(command.printed[0] ?? '')
    expect(values.size).toBe(8)
    expect(mean([...values.values()])).toBeCloseTo(slices[0].figures.MAP.mean, 12)
  })

  it('asks every ablation on the same questions and embeds no text twice', async () => {
    const command = await sampleEvaluation(temporaryFolder())
    await evaluate({ json: true, ablations: true }, command)
    const { differences } = JSON.parse(command.printed[0] ?? '')
    expect(differences.map(({ name }: { name: string }) => name)).toEqual([
      'vectors alone',
      'words alone',
      'fusion by rank',
      'no guide support',
      'no official first',
      'no headings',
      'no asked questions',
      'no character n-grams',
      'no typo tolerance',
      'no alias table',
    ])
    const opened = command.opened()
    await evaluate({ json: true, ablations: true }, command)
    expect(command.opened()).toBe(opened)
    expect(command.printed[1]).toBe(command.printed[0])
    await evaluate({ json: true, fresh: true }, command)
    expect(command.opened()).toBe(opened + 1)
  })
})

describe('the check against the baseline', () => {
  it('holds right after the baseline was written', async () => {
    const command = await sampleEvaluation(temporaryFolder())
    await evaluate({ writeBaseline: true }, command)
    await evaluate({ check: true }, command)
    expect(command.printed.at(-1)).toMatch(/^16 questions match .*baseline\.json of 2026-11-25/)
  })

  it('fails without a baseline', async () => {
    const command = await sampleEvaluation(temporaryFolder())
    await expect(evaluate({ check: true }, command)).rejects.toEqual(invalid('--write-baseline'))
  })

  it('fails when a question or judgment has changed', async () => {
    const dir = temporaryFolder()
    const command = await sampleEvaluation(dir)
    await evaluate({ writeBaseline: true }, command)
    writeQuestions(dir, 'questions', QUESTIONS.slice(1))
    await expect(evaluate({ check: true }, command)).rejects.toEqual(
      invalid('the questions or judgments of questions differ from the baseline'),
    )
  })

  it('fails, naming questions, when all of them fell', async () => {
    const dir = temporaryFolder()
    const command = await sampleEvaluation(dir)
    await evaluate({ writeBaseline: true }, command)
    const path = join(dir, 'baseline.json')
    const content = readFileSync(path, 'utf8')
    // Every answer had come first; then what is measured now is worse wherever it does not.
    writeFileSync(path, content.replace(/: \[[1-9]\d*, \d+, \d/g, ': [9, 100, 0'))
    await expect(evaluate({ check: true }, command)).rejects.toEqual(
      invalid('questions: Success@1 is better than the baseline says'),
    )
  })
})

describe('the evaluation refuses', () => {
  const run = async (change: (dir: string) => unknown, given: object = {}) => {
    const dir = temporaryFolder()
    const command = await sampleEvaluation(dir)
    await change(dir)
    return evaluate(given, command)
  }
  const changed = (change: (question: Question) => Question) => (dir: string) =>
    writeQuestions(dir, 'questions', QUESTIONS.map(change))

  it('an index without passages', async () => {
    const empty = (dir: string) => {
      rmSync(join(dir, 'index'), { recursive: true })
      return writeSample(join(dir, 'index'), {
        corpus: { sources: { path: 'sources.yaml', content: 'sources: []' }, guides: [] },
      })
    }
    await expect(run(empty)).rejects.toEqual(invalid('has no passages'))
  })

  it('a folder without questions', async () => {
    const none = (dir: string) => writeQuestions(dir, 'questions', [])
    await expect(run(none)).rejects.toEqual(invalid('holds no questions'))
  })

  it('a question without judgments', async () => {
    const bare = changed((one) => ({ ...one, judgments: [] }))
    await expect(run(bare)).rejects.toEqual(invalid('question apply-1 has no judgment'))
  })

  it('a quote that is no longer in its guide', async () => {
    const gone = changed((one) => ({
      ...one,
      judgments: one.judgments.map((judgment) => ({ ...judgment, quote: 'gone' })),
    }))
    await expect(run(gone)).rejects.toEqual(invalid('does not contain "gone"'))
  })

  it('a question whose judgments are all in the other language than its own', async () => {
    const other = changed((one) => (one.id === 'es-1' ? { ...one, language: 'en' } : one))
    await expect(run(other)).rejects.toEqual(
      invalid('question es-1 has judgments only in the other language'),
    )
  })

  it('a half without questions, before it writes anything', async () => {
    const dir = temporaryFolder()
    const command = await sampleEvaluation(dir, QUESTIONS.slice(0, 1))
    const trec = join(dir, 'a.trec')
    const halves = ['dev', 'test'].map((half) =>
      evaluate({ half, run: `${trec}-${half}` }, command).then(
        () => 'asked',
        (error: unknown) => (error instanceof Error ? error.message : error),
      ),
    )
    const [dev, test] = await Promise.all(halves)
    expect([dev, test].filter((what) => what === 'asked')).toHaveLength(1)
    expect([dev, test].join()).toMatch(/none of the 1 questions is in the (dev|test) half/)
    expect(['dev', 'test'].filter((half) => existsSync(`${trec}-${half}`))).toHaveLength(1)
  })

  it.each([
    [{ half: 'third' }, /^half: /],
    [{ set: 'other' }, /^set: /],
    [{ check: true, writeBaseline: true }, /cannot be combined/],
    [{ unknown: true }, /^unknown: /],
  ])('%j, as a call that is wrong', (given, message) => {
    expect(() => parseOwnQuestionsOptions(given)).toThrow(message)
    expect(() => parseOwnQuestionsOptions(given)).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    )
  })
})
