/** Abort signals where the work itself may not listen to them. */
import { RetrievalError } from './errors.ts'

/** Throws `aborted`. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal)
}

/** Rejects with `aborted` as soon as the signal is; a signal that is aborted already starts nothing. */
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

function aborted(signal: AbortSignal): RetrievalError {
  return new RetrievalError('aborted', 'the request was aborted', { cause: signal.reason })
}
