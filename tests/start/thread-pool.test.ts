/** Threads that die, by every kind of death that does not end the process, and what becomes of their tasks. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createThreadPool, type ThreadPoolOptions } from '../../src/start/thread-pool.ts'
import { temporaryFolder } from '../fixtures/built-index.ts'
import type { MortalTask } from '../fixtures/mortal-thread.ts'
import { exitOf, watchWorkers } from '../fixtures/workers.ts'

const NEVER_MS = 86_400_000

async function openPool(options: Partial<ThreadPoolOptions> = {}) {
  const path = temporaryFolder()
  const notices: string[] = []
  const workers = watchWorkers()
  const pool = await createThreadPool<MortalTask, string>({
    entry: new URL('../fixtures/mortal-thread.ts', import.meta.url),
    data: { path, threads: 1 },
    size: 1,
    what: 'the test model',
    notice: (message) => notices.push(message),
    restartDelaysMs: [0, 0, NEVER_MS],
    ...options,
  })
  onTestFinished(() => pool.close())
  const mark = (name: string) => writeFileSync(join(path, name), '')
  const unmark = (name: string) => rmSync(join(path, name))
  return { pool, notices, workers, path, mark, unmark }
}

describe('a pool of threads', () => {
  it.each(['throw', 'exit'] as const)(
    'asks a task again when its thread dies of it (%s), in a new thread',
    async (dies) => {
      const { pool, notices, workers } = await openPool()
      expect(await pool.ask({ text: 'a', dies })).toBe('answer to a')
      expect(await pool.ask({ text: 'b' })).toBe('answer to b')
      expect(workers).toHaveLength(2)
      expect(notices).toEqual([
        expect.stringMatching(/^the test model ended unexpectedly \(.+\): restarting it now$/),
        'the test model is running again',
      ])
    },
  )

  it('tries a task again if its thread is terminated from outside', async () => {
    const { pool, workers, path } = await openPool()
    const answer = pool.ask({ text: 'a', dies: 'hang' })
    await vi.waitUntil(() => existsSync(join(path, 'a.died')))
    await workers[0]?.terminate()
    expect(await answer).toBe('answer to a')
  })

  it('replaces a thread that ends while nothing is asked', async () => {
    const { pool, workers } = await openPool()
    await workers[0]?.terminate()
    expect(await pool.ask({ text: 'a' })).toBe('answer to a')
    expect(pool.isUp).toBe(true)
  })

  it('does not give a task to a third thread, and answers the next', async () => {
    const { pool, workers } = await openPool()
    const deadly = pool.ask({ text: 'a', dies: 'exit', always: true })
    const next = pool.ask({ text: 'b' })
    await expect(deadly).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringContaining('ended unexpectedly'),
    })
    expect(await next).toBe('answer to b')
    expect(workers).toHaveLength(3)
  })

  it('counts deaths since the last answer: a thread that answers now and then is always restarted', async () => {
    const { pool, workers } = await openPool()
    for (const text of ['a', 'b', 'c', 'd'])
      expect(await pool.ask({ text, dies: 'exit' })).toBe(`answer to ${text}`)
    expect(workers).toHaveLength(5)
  })

  it('says in its answer what a task failed with, and goes on in the same thread', async () => {
    const { pool, workers } = await openPool()
    await expect(pool.ask({ text: 'a', fails: true })).rejects.toMatchObject({
      code: 'model_unavailable',
      message: 'the test model failed: cannot answer a',
    })
    expect(await pool.ask({ text: 'b' })).toBe('answer to b')
    expect(workers).toHaveLength(1)
  })

  it('waits longer and longer when a thread does not start, and refuses tasks at once meanwhile', async () => {
    const { pool, notices, workers, mark } = await openPool()
    mark('broken')
    const held = pool.ask({ text: 'a', dies: 'exit' })
    await expect(held).rejects.toMatchObject({ code: 'model_unavailable' })
    expect(pool.isUp).toBe(false)
    expect(notices.slice(1)).toEqual([
      'the test model did not start (broken weights): restarting it now',
      `the test model did not start (broken weights): restarting it in ${NEVER_MS / 1000} s`,
    ])
    await expect(pool.ask({ text: 'b' })).rejects.toMatchObject({
      code: 'model_unavailable',
      message: 'the test model is down; it will be restarted',
    })
    expect(workers).toHaveLength(3)
  })

  it('answers again once a thread starts', async () => {
    let running = (): void => undefined
    const isRunning = new Promise<void>((resolve) => {
      running = resolve
    })
    const { pool, mark, unmark } = await openPool({
      restartDelaysMs: [0, 1],
      notice: (message) => message.endsWith('running again') && running(),
    })
    mark('exits')
    await expect(pool.ask({ text: 'a', dies: 'exit' })).rejects.toThrow()
    expect(pool.isUp).toBe(false)
    unmark('exits')
    await isRunning
    expect(pool.isUp).toBe(true)
    expect(await pool.ask({ text: 'b' })).toBe('answer to b')
  })

  it('goes on with its other threads while one is down', async () => {
    const { pool, workers } = await openPool({ size: 2, restartDelaysMs: [NEVER_MS] })
    const ended = exitOf(workers[0])
    await workers[0]?.terminate()
    await ended
    expect(pool.isUp).toBe(true)
    const tasks = Array.from({ length: 6 }, (_, i) => pool.ask({ text: String(i) }))
    expect(await Promise.all(tasks)).toHaveLength(6)
  })

  it.each([
    ['broken', /broken weights/],
    ['exits', /ended with exit code 4/],
  ])('rejects when its threads cannot start at first (%s)', async (name, why) => {
    const path = temporaryFolder()
    writeFileSync(join(path, name), '')
    const opened = openPool({ data: { path, threads: 1 }, size: 2 })
    await expect(opened).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringMatching(why),
    })
  })

  it('closes while a thread is being started again, and starts no other', async () => {
    const { pool, workers } = await openPool()
    const held = pool.ask({ text: 'a', dies: 'exit' })
    const refused = expect(held).rejects.toMatchObject({ message: 'the test model is closed' })
    await exitOf(workers[0])
    await pool.close()
    await refused
    expect(pool.isUp).toBe(false)
    expect(workers).toHaveLength(2)
    await expect(pool.ask({ text: 'b' })).rejects.toThrow('the test model is closed')
  })
})
