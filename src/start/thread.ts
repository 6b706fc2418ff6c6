/** Starts and ends a thread that holds a model; used from the main thread. */
import { Worker } from 'node:worker_threads'
import { RetrievalError } from '../engine/core/errors.ts'
import { CLOSE, type ThreadData, type ThreadStart } from './thread-tasks.ts'

/** URL of the entry file `name` beside the module at `moduleUrl`, with the same extension (.ts or .js) as that module. */
export function threadEntry(name: string, moduleUrl: string): URL {
  return new URL(`./${name}.${moduleUrl.endsWith('.ts') ? 'ts' : 'js'}`, moduleUrl)
}

/** Resolves once the thread has loaded its model; rejects with `model_unavailable` if it cannot. */
export function startThread(entry: URL, workerData: ThreadData): Promise<Worker> {
  // When run from source (in tests), the thread needs the same TypeScript loader as this one.
  const fromSource = entry.pathname.endsWith('.ts')
  const options = { workerData, execArgv: [] }
  const worker = fromSource
    ? new Worker(importWithTsx(entry.href), { ...options, eval: true })
    : new Worker(entry, options)
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown) =>
      reject(new RetrievalError('model_unavailable', reason, { cause }))
    worker.once('error', (error) => fail(`the model's thread failed: ${error.message}`, error))
    worker.once('exit', (code) => fail(`the model's thread ended with exit code ${code}`))
    worker.once('message', (message: ThreadStart) => {
      if ('ready' in message) return resolve(worker)
      void worker.terminate()
      fail(message.failed)
    })
  })
}

/**
 * Asks the thread to end and waits until it has. A thread with a loaded model must not be terminated: if that happens during
 * an inference, ONNX Runtime aborts the whole process.
 */
export function endThread(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    // The id is -1 once a thread has ended; it would not emit another exit event.
    if (worker.threadId === -1) return resolve()
    worker.ref()
    worker.once('exit', () => resolve())
    worker.postMessage(CLOSE)
  })
}

/** Node 20 does not apply `--import tsx` to the entry of a thread, so the thread registers the loader itself. */
function importWithTsx(href: string): string {
  const tsx = import.meta.resolve('tsx/esm/api')
  return `import('${tsx}').then(({ register }) => { register(); return import('${href}') })`
}
