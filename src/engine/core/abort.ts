/** Abort signals: the one check for them, and a way to stop waiting for work that ignores them. */
import { RetrievalError } from './errors.ts'

/** Throws `aborted` once the signal is aborted; in the message, `what` names the work that was aborted. */
export function throwIfAborted(signal: AbortSignal | undefined, what = 'the request'): void {
  if (signal?.aborted) throw aborted(signal, what)
}

/** Runs the task, but rejects with `aborted` as soon as the signal is aborted; if it already is, the task is not started. */
export function untilAborted<T>(
  signal: AbortSignal | undefined,
  task: () => Promise<T>,
): Promise<T> {
  if (!signal) return task()
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted(signal))
    const stop = () => reject(aborted(signal))
    signal.addEventListener('abort', stop, { once: true })
    task()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop))
  })
}

function aborted(signal: AbortSignal, what = 'the request'): RetrievalError {
  return new RetrievalError('aborted', `${what} was aborted`, { cause: signal.reason })
}
