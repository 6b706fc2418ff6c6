/** Reports the progress of a long task as plain lines on stderr. */

/** Called as often as the task likes, with how many of `total` items are done. */
export type Progress = (what: string, done: number, total: number) => void

const LINE_EVERY_MS = 2000

/** Prints at most one line every two seconds, and one when the task is done. `now` is a clock in milliseconds. */
export function createProgress(
  stream: Pick<NodeJS.WritableStream, 'write'> = process.stderr,
  now: () => number = Date.now,
): Progress {
  let last = Number.NEGATIVE_INFINITY
  return (what, done, total) => {
    if (now() - last < LINE_EVERY_MS && done < total) return
    last = now()
    stream.write(`${what} ${done}/${total}\n`)
  }
}
