/** The compiled evaluation commands as `npm run eval` starts them, without a model. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../fixtures/built-index.ts'
import { expectCompiled, runEval } from '../../../fixtures/compiled.ts'

beforeAll(expectCompiled)

describe('eval', () => {
  it.each([
    ['eval', ['--half', '--ablations', '--check', '--write-baseline', '--from', 'beir', 'report']],
    ['eval beir', ['--system', '--split', '--run', '--chunk']],
    ['eval report', ['--out', '--from']],
  ])('help of %s names every option, examples and exit codes', async (command, named) => {
    const { code, stdout, stderr } = await runEval([...command.split(' ').slice(1), '--help'])
    expect([code, stderr]).toEqual([0, ''])
    for (const option of named) expect(stdout).toMatch(new RegExp(`^  ${option}\\b`, 'm'))
    expect(stdout).toContain(`$ npm run ${command.replace(' ', ':')} --`)
    expect(stdout).toContain('Exit codes: 0 measured;')
  })

  it.each<[string, string[], RegExp]>([
    ['an unknown half', ['--half', 'third'], /half: /],
    ['an unknown set', ['--set', 'other'], /set: /],
    ['a check that writes', ['--check', '--write-baseline'], /cannot be combined/],
    ['an unknown option', ['--nope'], /unknown option '--nope'/],
    ['an unknown command', ['bier', 'x'], /too many arguments/],
    ['an option of a neighbour', ['report', '--half', 'dev'], /unknown option '--half'/],
  ])('ends with 2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await runEval(args)
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
  })

  it.each([['eval'], ['eval report']])(
    '%s ends with 1 where there are no questions',
    async (command) => {
      const from = temporaryFolder()
      const { code, stdout, stderr } = await runEval([
        ...command.split(' ').slice(1),
        '--from',
        from,
      ])
      expect(stderr).toContain(`${join(from, 'questions')} holds no questions`)
      expect([code, stdout]).toEqual([1, ''])
    },
  )
})

describe('eval beir', () => {
  /** One document, one question. */
  function tinySet(): string {
    const dir = temporaryFolder()
    mkdirSync(join(dir, 'qrels'))
    writeFileSync(join(dir, 'corpus.jsonl'), '{"_id":"d","title":"Bees","text":"Bees hum."}\n')
    writeFileSync(join(dir, 'queries.jsonl'), '{"_id":"q","text":"what do bees do"}\n')
    writeFileSync(join(dir, 'qrels/test.tsv'), 'query-id\tcorpus-id\tscore\nq\td\t1\n')
    return dir
  }

  it('measures folders with the options that follow, wherever they stand', async () => {
    const dir = tinySet()
    const args = ['beir', '--system', 'lexical', dir, '--run', join(dir, 'run.trec')]
    const { code, stdout, stderr } = await runEval(args, { cwd: temporaryFolder() })
    expect(stdout).toMatch(/^set \| documents .*\n\S+ \| 1 \| 1 \| 1 \| lexical \| /)
    expect(stderr).toContain('run.trec')
    expect(code).toBe(0)
    expect(readFileSync(join(dir, 'run.trec'), 'utf8')).toMatch(/^q Q0 d 1 /)
  })

  it.each([
    ['no folder', [], /missing required argument/],
    ['an unknown system', ['x', '--system', 'best'], /system: /],
    ['an unknown option', ['x', '--nope'], /unknown option '--nope'/],
    ['one run file for two folders', ['x', 'y', '--run', 'z'], /run of one folder/],
  ])('ends with 2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await runEval(['beir', ...args])
    expect(stderr).toMatch(message)
    expect([code, stdout]).toEqual([2, ''])
  })
})
