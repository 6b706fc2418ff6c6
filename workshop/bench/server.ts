/** Measures the service over HTTP: starts it in its own process and sends requests from this one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import type { Config } from '../../src/start/config.ts'
import { type BenchRow, formatMs, formatSpread, median, throughput, timeInTurns } from './timing.ts'

const CONCURRENCIES = [1, 4, 16]
const LEAST_REQUESTS = 300
const READY_WITHIN_MS = 30_000

export async function benchServer(
  config: Config,
  questions: readonly string[],
): Promise<BenchRow[]> {
  const { child, base, readyMs } = await startServer(config)
  // node:http with keep-alive is the cheapest client available, so that the figures show the cost of the server.
  const agent = new Agent({ keepAlive: true })
  const inside: number[] = []
  const ask = async (item: number) => {
    const query = questions[item % questions.length] ?? ''
    const body = await post(`${base}/retrieve`, JSON.stringify({ query }), agent)
    // Our own service's answer.
    const answer = JSON.parse(body) as { tookMs: { total: number } }
    inside.push(answer.tookMs.total)
  }
  try {
    // Warms up the server.
    await throughput(1, questions.length, ask)
    inside.length = 0
    const { whole } = await timeInTurns({ whole: ask }, questions.length)
    const rows: BenchRow[] = [
      ['process start to ready', formatMs(readyMs)],
      ['/retrieve over a socket p50 / p95', formatSpread(whole)],
      ['HTTP adds to the median', formatMs(median(whole) - median(inside))],
    ]
    for (const concurrency of CONCURRENCIES) {
      const total = Math.max(LEAST_REQUESTS, questions.length)
      const perSecond = await throughput(concurrency, total, ask)
      rows.push([`questions per second at concurrency ${concurrency}`, perSecond.toFixed(0)])
    }
    const memory = await residentMegabytes(child.pid)
    rows.push(['resident memory after more than 1,000 questions', memory])
    return rows
  } finally {
    agent.destroy()
    child.kill()
  }
}

async function startServer(
  config: Config,
): Promise<{ child: ChildProcess; base: string; readyMs: number }> {
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const began = performance.now()
  const serve = fileURLToPath(new URL('../../src/start/serve.js', import.meta.url))
  const child = spawn(process.execPath, [serve], {
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
  })
  while (performance.now() - began < READY_WITHIN_MS) {
    const ready = await fetch(`${base}/ready`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return { child, base, readyMs: performance.now() - began }
    if (child.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  child.kill()
  throw new RetrievalError(
    'internal',
    `the service was not ready within ${READY_WITHIN_MS / 1000} s: see what it printed above`,
  )
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
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
