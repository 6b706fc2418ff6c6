/** What LangChain's users put around a retriever: the suite of Python's langchain-tests, and @langchain/classic. */
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { HERE, PYTHON, run } from './tools.ts'

const QUESTION = 'whats the imss phone'

describe('langchain-tests in Python', () => {
  it('passes with a retriever over the running service', async () => {
    const folder = join(HERE, 'python/langchain_retriever')
    const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '--service', inject('url')]
    const { code, out, err } = await run(PYTHON, ['-B', ...args], folder)
    expect(code, `${out}\n${err}`).toBe(0)
    // Its five assertions and the check of the citations; none is skipped or expected to fail.
    expect(out).toMatch(/^6 passed(, \d+ warnings?)? in /m)
  })
})

type Seen = { id: string; pageContent: string; metadata: Record<string, unknown> }

describe('@langchain/classic', () => {
  it('fuses and compresses what our retrievers give, whose documents keep id and citation', async () => {
    const { code, out, err } = await run(
      process.execPath,
      ['compose.mjs', inject('url'), QUESTION],
      HERE,
    )
    expect(code, `${out}\n${err}`).toBe(0)
    const { base, ensemble, compressed, events } = JSON.parse(out) as {
      readonly base: Seen[]
      readonly ensemble: Seen[]
      readonly compressed: Seen[]
      readonly events: string[]
    }
    const ids = (documents: readonly Seen[]) => documents.map(({ id }) => id)
    expect(base).toHaveLength(5)
    // The union of five and eight, each passage once, what leads both lists first.
    expect(new Set(ids(ensemble)).size).toBe(ensemble.length)
    expect(ids(ensemble)).toEqual(expect.arrayContaining(ids(base)))
    expect(ensemble.length).toBeGreaterThanOrEqual(8)
    expect(ensemble[0]?.pageContent).toContain('800 623 2323')
    // The ensemble's own, and one for each retriever in it.
    expect(events.filter((event) => event === 'start')).toHaveLength(3)
    expect(events.filter((event) => event === 'end')).toHaveLength(3)
    expect(compressed).toHaveLength(2)
    expect(ids(base)).toEqual(expect.arrayContaining(ids(compressed)))
    for (const { id, pageContent, metadata } of [...ensemble, ...compressed]) {
      const { start, end } = metadata
      const answer = await fetch(`${inject('url')}/passages/${id}`)
      expect([id, answer.status]).toEqual([id, 200])
      expect(await answer.json()).toMatchObject({ citation: { quote: pageContent } })
      expect(Number(end) - Number(start)).toBe(pageContent.length)
    }
  })
})
