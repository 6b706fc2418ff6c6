import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  parseOwnQuestionsOptions,
  runOwnQuestions,
} from '../../../../workshop/evaluation/commands/own-questions.ts'
import { writeReport } from '../../../../workshop/evaluation/commands/report.ts'
import { temporaryFolder } from '../../../fixtures/built-index.ts'
import { QUESTIONS, sampleEvaluation } from '../../../fixtures/sample-evaluation.ts'

async function report(reasons?: string) {
  const dir = temporaryFolder()
  const command = await sampleEvaluation(dir)
  if (reasons !== undefined) writeFileSync(join(dir, 'worst.yaml'), reasons)
  const out = join(dir, 'report', 'evaluation.html')
  const write = async () => {
    const data = await writeReport({ ...command, out })
    return { data, html: readFileSync(out, 'utf8'), printed: command.printed.join('\n') }
  }
  return { command, write }
}

describe('npm run eval:report', () => {
  it('writes one page that needs nothing else', async () => {
    const { html } = await (await report()).write()
    expect(html).not.toMatch(/<(script|link|img|iframe|object)\b/)
    expect(html).not.toMatch(/\b(src|srcset)=|url\(|@import/)
    for (const [, address = ''] of html.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^#/)
    for (const [, id = ''] of html.matchAll(/href="#([^"]*)"/g))
      expect(html).toContain(`<section id="${id}"`)
  })

  it('shows each ablation, each slice and the worst questions with what was expected', async () => {
    const { data, html } = await (await report()).write()
    expect(data.ablations.length).toBeGreaterThanOrEqual(7)
    for (const { name } of data.ablations) expect(html).toContain(name)
    expect(data.worst.map(({ id }) => id).sort()).toEqual(
      QUESTIONS.filter((one) => one.kind === 'answerable')
        .map((one) => one.id)
        .sort(),
    )
    const ndcgs = data.worst.map(({ ndcg }) => ndcg)
    expect([...ndcgs].sort((a, b) => a - b)).toEqual(ndcgs)
    expect(html).toContain('One resident waited a fortnight in spring')
    expect(data.citations).toMatchObject({ rate: 1, faults: [] })
  })

  it('shows a written reason, lists what is not read yet and what is past', async () => {
    const why = 'Nobody says clerk any more <since the flood>.'
    const { html, printed } = await (
      await report(`swarm-1: ${why}\nlong-gone: An old sentence.\n`)
    ).write()
    expect(html).toContain('Nobody says clerk any more &lt;since the flood&gt;.')
    expect(html).toContain('Not read yet.')
    expect(printed).toMatch(/write into .*worst\.yaml why each fails:/)
    expect(printed).toContain('apply-1: how do I apply')
    expect(printed).not.toMatch(/^ {2}swarm-1/m)
    expect(printed).toContain('no longer among the worst: long-gone')
  })

  it('refuses invalid reasons', async () => {
    const { write } = await report('swarm-1: [a, b]\n')
    await expect(write()).rejects.toThrow('worst.yaml')
  })

  it('holds the figures against the baseline where there is one', async () => {
    const { command, write } = await report()
    expect((await write()).data.baseline).toBeUndefined()
    await runOwnQuestions(parseOwnQuestionsOptions({ writeBaseline: true }), command)
    const { data, html } = await write()
    expect(data.baseline?.changes.length).toBeGreaterThan(10)
    expect(data.baseline?.changes.every(({ verdict }) => verdict === 'same')).toBe(true)
    expect(html).toContain('0 measures are better, 0 worse')
  })
})
