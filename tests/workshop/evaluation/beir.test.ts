/** Tiny BEIR folders through the service's own ranking, with the hashing embedder. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHashingEmbedder } from '../../../src/engine/adapters/embedders/hashing.ts'
import {
  BEIR_SYSTEMS,
  type BeirOptions,
  rankBeirFolder,
} from '../../../workshop/evaluation/asking/beir-ranking.ts'
import { parseBeirOptions } from '../../../workshop/evaluation/commands/beir.ts'
import { createRandom } from '../../../workshop/evaluation/random.ts'
import { reciprocalRankFusion } from '../../../workshop/evaluation/rrf.ts'
import { isDev } from '../../../workshop/evaluation/split.ts'
import { SUMMARY_COLUMNS, summarize } from '../../../workshop/evaluation/summary.ts'
import { formatRun, parseRun, rankRun, separateTies } from '../../../workshop/evaluation/trec.ts'

const DOCUMENTS = [
  { _id: 'bread', title: 'Sourdough bread', text: 'Flour, water and salt rise overnight.' },
  { _id: 'bike', title: 'Bicycle brakes', text: 'Tighten the cable until the pads touch the rim.' },
  { _id: 'moon', title: '', text: 'The moon turns around the earth in twenty-seven days.' },
  { _id: 'tea', title: 'Green tea', text: 'Steep the leaves in water below boiling.' },
]
const QUERIES = [
  { _id: 'q1', text: 'how does sourdough bread rise' },
  { _id: 'q2', text: 'tighten bicycle brake cable' },
  { _id: 'q3', text: 'days of the moon around the earth' },
  { _id: 'q4', text: 'water for green tea leaves' },
  { _id: 'q5', text: 'bicicle brakse rim pads' },
]
const JUDGED = ['q1 bread', 'q2 bike', 'q3 moon', 'q4 tea', 'q5 bike']

const jsonl = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const tsv = (rows: readonly string[]) =>
  ['query-id\tcorpus-id\tscore', ...rows.map((row) => `${row.replace(' ', '\t')}\t1`)].join('\n')

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'beir-'))
  await mkdir(join(dir, 'qrels'))
  await put('corpus.jsonl', jsonl(DOCUMENTS))
  await put('queries.jsonl', jsonl(QUERIES))
  await put('qrels/test.tsv', tsv(JUDGED))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const put = (name: string, content: string) => writeFile(join(dir, name), content)

function run(options: Partial<BeirOptions> = {}) {
  const embedder = createHashingEmbedder()
  return rankBeirFolder(dir, {
    system: 'hybrid',
    split: 'all',
    chunk: false,
    cacheDir: join(dir, 'cache'),
    folder: {
      fingerprint: embedder.fingerprint,
      model: { dimensions: embedder.dimensions },
      openTokenCounter: async () => (text) => text.split(/\s+/).length,
    },
    openEmbedder: async () => embedder,
    ...options,
  })
}
const idsOf = ({ rankings }: Awaited<ReturnType<typeof run>>) =>
  new Map([...rankings].map(([query, hits]) => [query, hits.map((hit) => hit.id)]))

describe('a BEIR folder', () => {
  it.each(BEIR_SYSTEMS)('is ranked by %s, best first, each document once', async (system) => {
    const result = await run({ system })
    expect([...result.rankings.keys()]).toEqual(['q1', 'q2', 'q3', 'q4', 'q5'])
    for (const hits of result.rankings.values()) {
      expect(new Set(hits.map((hit) => hit.id)).size).toBe(hits.length)
      expect(hits.map((hit) => hit.score)).toEqual(
        hits.map((hit) => hit.score).sort((a, b) => b - a),
      )
    }
    const first = [...idsOf(result).values()].map((ids) => ids[0])
    expect(first).toEqual(['bread', 'bike', 'moon', 'tea', 'bike'])
  })

  it('gives dense all documents, lexical those that share something, and rrf the fusion of both', async () => {
    await put('queries.jsonl', jsonl([{ _id: 'q1', text: 'sourdough' }]))
    await put('qrels/test.tsv', tsv(['q1 bread']))
    const [dense, lexical, rrf] = await Promise.all(
      (['dense', 'lexical', 'rrf'] as const).map(async (system) => {
        return (await run({ system })).rankings.get('q1') ?? []
      }),
    )
    const ids = (hits: typeof dense) => (hits ?? []).map((hit) => hit.id)
    expect(ids(dense)).toHaveLength(DOCUMENTS.length)
    expect(ids(lexical)[0]).toBe('bread')
    expect(ids(lexical).length).toBeLessThan(DOCUMENTS.length)
    expect(rrf).toEqual(reciprocalRankFusion([ids(dense), ids(lexical)]))
  })

  it('ranks cut documents at their best passage', async () => {
    const long = { _id: 'long', title: 'Long', text: `${'Nothing here. '.repeat(400)}\n\nZebra.` }
    await put('corpus.jsonl', jsonl([...DOCUMENTS, long]))
    const result = await run({ chunk: true })
    expect(result.passages).toBeGreaterThan(5)
    for (const ids of idsOf(result).values()) expect(new Set(ids).size).toBe(ids.length)
    expect(idsOf(result).get('q1')?.[0]).toBe('bread')
  })

  it('is embedded once: the second run takes every vector from the cache', async () => {
    const first = await run()
    const openEmbedder = () => Promise.reject(new Error('nothing should be embedded'))
    const second = await run({ openEmbedder })
    expect(first.embedded).toBeGreaterThan(0)
    expect(second.embedded).toBe(0)
    expect(second.rankings).toEqual(first.rankings)
  })

  it('can be measured by halves, which split the queries by the hash of their ids', async () => {
    const [dev, test] = [await run({ split: 'dev' }), await run({ split: 'test' })]
    for (const id of dev.rankings.keys()) expect(await isDev(id)).toBe(true)
    for (const id of test.rankings.keys()) expect(await isDev(id)).toBe(false)
    expect([...dev.rankings.keys(), ...test.rankings.keys()].sort()).toEqual(
      QUERIES.map((query) => query._id),
    )
    expect([...dev.set.qrels.keys()]).toEqual([...dev.rankings.keys()])
  })

  it.each(BEIR_SYSTEMS)(
    'has the same figures from the run file of %s as from the ranking',
    async (system) => {
      const result = await run({ system })
      const apart = [...result.rankings].map(([id, hits]) => [id, separateTies(hits)] as const)
      const read = [...parseRun(formatRun(new Map(apart), 'us'))]
      const ranked = new Map(read.map(([id, hits]) => [id, rankRun(hits)]))
      expect(ranked).toEqual(idsOf(result))
    },
  )
})

describe('a BEIR folder that cannot be measured', () => {
  const faults: [string, string, string, RegExp][] = [
    ['an empty collection', 'corpus.jsonl', '\n', /no documents/],
    ['no judgments', 'qrels/test.tsv', tsv([]), /no judgments/],
    ['a query that is judged nowhere', 'qrels/test.tsv', tsv(JUDGED.slice(1)), /1 of 5 .*q1/],
    ['a judged query that is missing', 'queries.jsonl', jsonl(QUERIES.slice(1)), /5 queries .* 4/],
    ['a line that is not JSON', 'corpus.jsonl', '{"_id":\n', /corpus\.jsonl:1/],
    ['a judgment without a number', 'qrels/test.tsv', 'header\nq1\tbread\tyes', /qrels:2/],
  ]
  it.each(faults)('is refused for %s', async (_, name, content, message) => {
    await put(name, content)
    await expect(run()).rejects.toThrow(message)
    await expect(run()).rejects.toMatchObject({ code: 'evaluation_invalid' })
  })

  it('is refused when a file is missing, by its name', async () => {
    await rm(join(dir, 'queries.jsonl'))
    await expect(run()).rejects.toThrow(/queries\.jsonl cannot be read/)
  })

  it('is refused when a half has no query', async () => {
    const one = QUERIES.slice(0, 1)
    await put('queries.jsonl', jsonl(one))
    await put('qrels/test.tsv', tsv(JUDGED.slice(0, 1)))
    const empty = (await isDev('q1')) ? 'test' : 'dev'
    await expect(run({ split: empty })).rejects.toThrow(`is in the ${empty} half`)
  })

  it('is not refused for queries that another split of the folder judges', async () => {
    await put('qrels/test.tsv', tsv(JUDGED.slice(1)))
    await put('qrels/train.tsv', tsv(JUDGED.slice(0, 1)))
    expect([...(await run()).rankings.keys()]).toEqual(['q2', 'q3', 'q4', 'q5'])
  })
})

describe('the row of a run', () => {
  const random = () => ({ random: createRandom(1) })

  it('counts a judged query that the run lacks as nothing, and no query without judgments', () => {
    const qrels = new Map([
      ['q1', new Map([['a', 1]])],
      ['q2', new Map([['a', 1]])],
    ])
    const rankings = new Map([
      ['q1', ['b', 'a']],
      ['q9', ['a']],
    ])
    const row = summarize(rankings, qrels, random())
    expect(row).toHaveLength(SUMMARY_COLUMNS.length)
    expect(row[0]).toMatch(/^0\.3155 \[0\.0000, 0\.6309\]$/)
    expect(row.slice(1)).toEqual(['0.5000', '0.5000', '0.2500', '0.0000'])
  })

  it('is refused without queries', () => {
    expect(() => summarize(new Map(), new Map(), random())).toThrow('no queries')
  })
})

describe('the arguments of eval beir', () => {
  it('are the hybrid over all queries unless told otherwise', () => {
    expect(parseBeirOptions({ dirs: ['one', 'two'] })).toEqual({
      system: 'hybrid',
      split: 'all',
      chunk: false,
      dirs: ['one', 'two'],
    })
    const told = { dirs: ['one'], system: 'rrf', split: 'dev', run: 'out.trec', chunk: true }
    expect(parseBeirOptions(told)).toEqual(told)
  })

  it.each([
    [{ dirs: [] }, /name one or more/],
    [{ dirs: ['one'], system: 'magic' }, /system/],
    [{ dirs: ['one'], split: 'train' }, /split/],
    [{ dirs: ['one'], sytem: 'rrf' }, /sytem/],
    [{ dirs: ['one', 'two'], run: 'out.trec' }, /one folder/],
  ])('are refused: %j', (given, message) => {
    expect(() => parseBeirOptions(given)).toThrow(message)
  })
})
