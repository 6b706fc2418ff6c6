/** The peers are installed by `npm run eval:peers` only: without them there is nothing to test. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type System = { name: string; rank(query: Query): string[] | Promise<string[]> }
type Query = { id: string; text: string; vector: Float32Array }
type Material = { documents: object[]; queries: Query[]; language: string; dimensions: number }

const FOLDER = '../../../workshop/peers'
const installed = existsSync(new URL(`${FOLDER}/node_modules`, import.meta.url))
const reason = installed ? '' : ' (skipped: npm ci has not been run in workshop/peers)'

const texts = ['a red bicycle in the garden', 'the clinic opens at eight', 'tax returns in April']
const documents = texts.map((text, i) => ({
  id: `d${i}`,
  title: '',
  text,
  whole: text,
  vector: Float32Array.from(texts, (_, j) => (i === j ? 1 : 0)),
}))
const query = { id: 'q', text: 'clinic opens', vector: Float32Array.of(0.1, 0.99, 0.1) }
const material: Material = { documents, queries: [query], language: 'en', dimensions: 3 }

/** Not a literal, so that the project compiles without the peers. */
const load = async (vendor: string): Promise<System[]> => {
  const systems: Record<string, (material: Material) => System[] | Promise<System[]>> =
    await import(`${FOLDER}/${vendor}.mjs`)
  return (await systems[`${vendor}Systems`]?.(material)) ?? []
}

describe.skipIf(!installed)(`the peers${reason}`, () => {
  it.each([
    ['minisearch', 3],
    ['orama', 4],
    ['langchain', 5],
  ])('each variant of %s finds the one document that is meant', async (vendor, count) => {
    const systems = await load(vendor)
    expect(systems).toHaveLength(count)
    for (const { name, rank } of systems)
      expect([name, (await rank(query))[0]]).toEqual([name, 'd1'])
  })
})
