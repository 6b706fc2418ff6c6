/** What the service costs: every figure of one run, in one process family, on whatever machine this is. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createFlatIndex } from '../../src/engine/adapters/vector-indexes/flat.ts'
import { createHnswIndex } from '../../src/engine/adapters/vector-indexes/hnswlib.ts'
import type { Embedder } from '../../src/engine/core/embedder.ts'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { indexedText } from '../../src/engine/core/passage.ts'
import { facetsOf } from '../../src/engine/core/passage-filter.ts'
import { retrievalRequestSchema } from '../../src/engine/core/retrieval.ts'
import { normalize } from '../../src/engine/core/vector.ts'
import { lexicalDocuments } from '../../src/engine/indexing/lexical-documents.ts'
import { PROFILES } from '../../src/engine/languages/registry.ts'
import { createLexicalIndex } from '../../src/engine/lexical/bm25.ts'
import type { Config } from '../../src/start/config.ts'
import { createEmbeddingPool } from '../../src/start/embedding-pool.ts'
import { loadService } from '../../src/start/load-service.ts'
import { type ModelFolder, openModelFolder } from '../../src/start/model-folder.ts'

export type Row = readonly [name: string, value: string]

const silent = () => {}
const ms = (value: number) => `${value.toFixed(2)} ms`

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

async function timed(task: () => unknown): Promise<number> {
  const began = performance.now()
  await task()
  return performance.now() - began
}

/** Retriever, embedding, lexical and vector search side by side on the same questions, taken in turn. */
export async function benchParts(config: Config, questions: readonly string[]): Promise<Row[]> {
  const service = await loadService({ ...config, baseUrl: 'http://localhost', notice: silent })
  // The service's own: a second session's threads would spin on the cores that the first one is timed on.
  const { embedder } = service
  if (!embedder)
    throw new RetrievalError('model_unavailable', `no model in ${config.MODEL_DIR} to time`)
  const { snapshot } = service.current()
  const flat = createFlatIndex({ ...snapshot.vectors, facets: facetsOf(snapshot) })
  const lexical = createLexicalIndex(snapshot.lexical, {
    languages: PROFILES,
    documents: lexicalDocuments(snapshot.passages, snapshot.guides, PROFILES),
  })
  const times = {
    retrieve: [] as number[],
    embed: [] as number[],
    lexical: [] as number[],
    vector: [] as number[],
  }
  try {
    for (const round of [0, 1]) {
      for (const [i, query] of questions.entries()) {
        const request = retrievalRequestSchema.parse({ query })
        let vector: Float32Array = new Float32Array()
        const tasks = {
          embed: async () => {
            vector = (await embedder.embed([query], 'query'))[0] ?? vector
          },
          retrieve: () => service.retriever.retrieve(request),
          lexical: () => lexical.query(query).search({ k: 200 }),
          vector: () => flat.search(vector, { k: 200 }),
        }
        // Who comes second finds the question's words in the caches: they take turns.
        const pair =
          i % 2 === 0 ? (['embed', 'retrieve'] as const) : (['retrieve', 'embed'] as const)
        for (const part of [...pair, 'lexical', 'vector'] as const) {
          const took = await timed(tasks[part])
          // The first round warms up.
          if (round === 1) times[part].push(took)
        }
      }
    }
  } finally {
    await service.close()
  }
  const p50 = (part: keyof typeof times) => percentile(times[part], 0.5)
  return [
    ['questions', String(questions.length)],
    ['retrieve p50 / p95', `${ms(p50('retrieve'))} / ${ms(percentile(times.retrieve, 0.95))}`],
    ['embedding call alone p50', ms(p50('embed'))],
    ['retrieve / embedding call', (p50('retrieve') / p50('embed')).toFixed(2)],
    ['lexical search alone p50', ms(p50('lexical'))],
    ['vector search alone p50', ms(p50('vector'))],
  ]
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function startProcess(
  config: Config,
): Promise<{ child: ChildProcess; base: string; readyMs: number }> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [new URL('../../src/start/serve.js', import.meta.url).pathname],
    {
      env: {
        PORT: String(port),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        INDEX_DIR: config.INDEX_DIR,
        MODEL_DIR: config.MODEL_DIR,
        MODEL_SESSIONS: String(config.MODEL_SESSIONS),
        MODEL_THREADS: String(config.MODEL_THREADS),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  while (performance.now() - began < 30_000) {
    const ready = await fetch(`${base}/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return { child, base, readyMs: performance.now() - began }
    if (child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  child.kill()
  throw new RetrievalError('internal', 'the service did not become ready within 30 s')
}

async function residentMegabytes(pid: number | undefined): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /VmRSS:\s+(\d+)/.exec(status)?.[1]
  return kilobytes ? `${(Number(kilobytes) / 1024).toFixed(0)} MB` : 'not known on this platform'
}

function post(url: string, body: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A real server process and this process as its client: start, sockets, concurrency, memory. */
export async function benchServer(config: Config, questions: readonly string[]): Promise<Row[]> {
  const { child, base, readyMs } = await startProcess(config)
  // node:http with one kept connection per question in flight: the cheapest client there is, so that the server shows.
  const agent = new Agent({ keepAlive: true })
  const ask = async (query: string): Promise<{ total: number; inside: number }> => {
    const began = performance.now()
    const body = await post(`${base}/retrieve`, JSON.stringify({ query }), agent)
    const total = performance.now() - began
    const answer = JSON.parse(body) as { tookMs: { total: number } } // our own service's answer
    return { total, inside: answer.tookMs.total }
  }
  const rows: Row[] = [['process start to ready', ms(readyMs)]]
  try {
    for (const query of questions) await ask(query)
    const single: { total: number; inside: number }[] = []
    for (const query of questions) single.push(await ask(query))
    rows.push([
      '/retrieve over a socket p50 / p95',
      `${ms(
        percentile(
          single.map((t) => t.total),
          0.5,
        ),
      )} / ${ms(
        percentile(
          single.map((t) => t.total),
          0.95,
        ),
      )}`,
    ])
    rows.push([
      'HTTP adds p50',
      ms(
        percentile(
          single.map((t) => t.total - t.inside),
          0.5,
        ),
      ),
    ])
    for (const concurrency of [1, 4, 16]) {
      const total = Math.max(300, questions.length)
      let next = 0
      const took = await timed(() =>
        Promise.all(
          Array.from({ length: concurrency }, async () => {
            while (next < total) await ask(questions[next++ % questions.length] ?? '')
          }),
        ),
      )
      rows.push([
        `questions per second at concurrency ${concurrency}`,
        ((total * 1000) / took).toFixed(0),
      ])
    }
    rows.push([
      'resident memory after more than 1,000 questions',
      await residentMegabytes(child.pid),
    ])
  } finally {
    child.kill()
  }
  return rows
}

/** Passages embedded per second with the builder's own sessions, and the size of the index. */
export async function benchBuild(config: Config): Promise<Row[]> {
  const service = await loadService({ ...config, baseUrl: 'http://localhost', notice: silent })
  await service.close()
  const texts = service.current().snapshot.passages.map(indexedText).slice(0, 200)
  const sessions = availableParallelism()
  const pool = await createEmbeddingPool(await openModelFolder(config.MODEL_DIR), { sessions })
  let bytes = 0
  for (const name of await readdir(config.INDEX_DIR))
    bytes += (await stat(join(config.INDEX_DIR, name))).size
  try {
    await pool.embed(texts.slice(0, 4), 'passage')
    const took = await timed(() => pool.embed(texts, 'passage'))
    return [
      [
        `passages embedded per second (${sessions} sessions)`,
        ((texts.length * 1000) / took).toFixed(1),
      ],
      ['index bytes', bytes.toLocaleString('en')],
    ]
  } finally {
    await pool.close()
  }
}

/** Threads inside a session against sessions in parallel. */
export async function benchSessions(config: Config, questions: readonly string[]): Promise<Row[]> {
  const folder = await openModelFolder(config.MODEL_DIR)
  const variants: [string, (folder: ModelFolder) => Promise<Embedder>][] = [
    ['1 session in process, 1 thread', (f) => f.open(1)],
    ['1 session in process, 2 threads', (f) => f.open(2)],
    ['1 session in a thread of its own', (f) => createEmbeddingPool(f, { sessions: 1 })],
    ['2 sessions in threads of their own', (f) => createEmbeddingPool(f, { sessions: 2 })],
  ]
  const rows: Row[] = []
  for (const [name, open] of variants) {
    const before = process.memoryUsage().rss
    const embedder = await open(folder)
    await embedder.embed(questions.slice(0, 20), 'query')
    const figures: string[] = []
    for (const concurrency of [1, 4, 16]) {
      let next = 0
      const took = await timed(() =>
        Promise.all(
          Array.from({ length: concurrency }, async () => {
            while (next < questions.length) await embedder.embed([questions[next++] ?? ''], 'query')
          }),
        ),
      )
      figures.push(((questions.length * 1000) / took).toFixed(0))
    }
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024
    await embedder.close()
    rows.push([
      name,
      `${figures.join(' / ')} questions per second at concurrency 1 / 4 / 16, +${grown.toFixed(0)} MB`,
    ])
  }
  return rows
}

const CLUSTERS = 500

/** Exact against approximate search by size, on clustered unit vectors; what HNSW_FROM was chosen by. */
export async function benchVectors(
  dimensions = 384,
  sizes = [1000, 5000, 20_000, 50_000],
): Promise<Row[]> {
  let seed = 7
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 2 ** 32 - 0.5
  }
  const centres = Array.from({ length: CLUSTERS }, () =>
    normalize(Float32Array.from({ length: dimensions }, random)),
  )
  const near = () => {
    const centre = centres[Math.floor((random() + 0.5) * CLUSTERS)] ?? new Float32Array(dimensions)
    return normalize(centre.map((value) => value + random() * 0.08))
  }
  const rows: Row[] = []
  for (const size of sizes) {
    const data = new Float32Array(size * dimensions)
    for (let i = 0; i < size; i++) data.set(near(), i * dimensions)
    const ids = Array.from({ length: size }, (_, i) => `v${i}`)
    const facets = ids.map((id) => ({ id, language: 'en' as const, guideId: id, authorities: [] }))
    const table = { ids, dimensions, data, facets }
    const flat = createFlatIndex(table)
    const built = performance.now()
    const hnsw = await createHnswIndex(table)
    const buildMs = performance.now() - built
    const times = { flat: [] as number[], hnsw: [] as number[] }
    let found = 0
    const queries = Array.from({ length: 50 }, near)
    for (const query of queries) {
      times.flat.push(await timed(() => flat.search(query, { k: 200 })))
      times.hnsw.push(await timed(() => hnsw.search(query, { k: 200 })))
      const exact = await flat.search(query, { k: 10 })
      const approximate = await hnsw.search(query, { k: 10 })
      const right = new Set(exact.nearest.map((hit) => hit.id))
      found += approximate.nearest.filter((hit) => right.has(hit.id)).length
    }
    rows.push([
      `${size} vectors`,
      `flat ${ms(percentile(times.flat, 0.5))}, hnsw ${ms(percentile(times.hnsw, 0.5))}, recall@10 ${(found / (queries.length * 10)).toFixed(3)}, graph built in ${(buildMs / 1000).toFixed(1)} s`,
    ])
  }
  return rows
}
