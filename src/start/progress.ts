/** Progress for people: a bar on a terminal, a plain line now and then elsewhere. */
import { SingleBar } from 'cli-progress'

export type Progress = { update(done: number, total: number): void; stop(): void }

const LINE_EVERY_MS = 2000

export function createProgress(
  what: string,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  return stream.isTTY ? createBar(what, stream) : createLines(what, stream)
}

function createBar(what: string, stream: NodeJS.WriteStream): Progress {
  const bar = new SingleBar({
    format: `${what} [{bar}] {value}/{total} {eta_formatted}`,
    hideCursor: true,
    stream,
  })
  let started = false
  return {
    update(done, total) {
      if (!started) bar.start(total, done)
      started = true
      bar.update(done)
    },
    stop() {
      if (started) bar.stop()
    },
  }
}

function createLines(what: string, stream: NodeJS.WriteStream): Progress {
  let last = 0
  return {
    update(done, total) {
      if (Date.now() - last < LINE_EVERY_MS && done < total) return
      last = Date.now()
      stream.write(`${what} ${done}/${total}\n`)
    },
    stop() {},
  }
}

/** One after another, each named by what it counts. */
export function createProgressBars(): (what: string, done: number, total: number) => void {
  const bars = new Map<string, Progress>()
  return (what, done, total) => {
    const bar = bars.get(what) ?? createProgress(what)
    bars.set(what, bar)
    bar.update(done, total)
    if (done < total) return
    bar.stop()
    bars.delete(what)
  }
}
