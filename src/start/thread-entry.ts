/** How the threads that hold a model start and end. */
import { Worker } from 'node:worker_threads'
import { RetrievalError } from '../engine/core/errors.ts'

/** What a thread says first. */
export type ThreadStart = { readonly ready: true } | { readonly failed: string }

/** What a model's thread is given. */
export type ThreadData = { readonly path: string; readonly threads: number }

/** `entry` is the name of a file beside this one, without its ending. Rejects with `model_unavailable` when its model does not load. */
export function startThread(entry: string, workerData: ThreadData): Promise<Worker> {
  // Run from source (tests), the thread needs the loader that this one has; compiled, nothing.
  const fromSource = import.meta.url.endsWith('.ts')
  const file = new URL(`./${entry}.${fromSource ? 'ts' : 'js'}`, import.meta.url)
  const options = { workerData, execArgv: [] }
  const worker = fromSource
    ? new Worker(importWithTsx(file.href), { ...options, eval: true })
    : new Worker(file, options)
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (message: ThreadStart) => {
      worker.off('error', reject)
      if ('failed' in message) {
        void worker.terminate()
        reject(new RetrievalError('model_unavailable', message.failed))
      } else resolve(worker)
    })
  })
}

/** Ends it once the running inference has: ended from outside in the middle of one, it aborts the process. */
export function endThread(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    // A thread that has ended already says no exit any more.
    if (worker.threadId === -1) return resolve()
    worker.ref()
    worker.once('exit', () => resolve())
    worker.postMessage('close')
  })
}

/** Node 20 does not pass `--import tsx` on to a thread's entry: the thread registers the loader itself. */
function importWithTsx(href: string): string {
  const tsx = import.meta.resolve('tsx/esm/api')
  return `import('${tsx}').then(({ register }) => { register(); return import('${href}') })`
}
