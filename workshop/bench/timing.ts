/** Times tasks with tinybench in turns, so that if the machine slows down, all of them are affected alike. */
import { Bench } from 'tinybench'
import { percentile } from '../evaluation/percentile.ts'

/** One line of the printed table. */
export type BenchRow = readonly [name: string, value: string]

/** Called with the number of the item to work on, from 0. */
export type TimedTask = (item: number) => unknown

/**
 * Milliseconds of every task for every item. All tasks process an item before the next item starts, and they take turns in
 * going first, because the second task finds the item's data in the processor's caches. Rejects when a task rejects.
 */
export async function timeInTurns<Name extends string>(
  tasks: Readonly<Record<Name, TimedTask>>,
  items: number,
): Promise<Record<Name, number[]>> {
  // Own keys of a literal.
  const names = Object.keys(tasks) as Name[]
  const samples = new Map<Name, number[]>(names.map((name) => [name, []]))
  for (let item = 0; item < items; item++) {
    const bench = new Bench({ time: 0, iterations: 1, throws: true })
    for (const name of item % 2 === 0 ? names : names.toReversed()) {
      // An async function is timed at once; any other is first called once to see whether it is one.
      bench.add(name, async () => {
        await tasks[name](item)
      })
    }
    await bench.run()
    for (const name of names)
      samples.get(name)?.push(...(bench.getTask(name)?.result?.samples ?? []))
  }
  // Every name has its samples.
  return Object.fromEntries(samples) as Record<Name, number[]>
}

/** Runs `total` tasks, `concurrency` at a time; resolves with how many are done per second. */
export async function throughput(
  concurrency: number,
  total: number,
  task: TimedTask,
): Promise<number> {
  let next = 0
  const worker = async () => {
    while (next < total) await task(next++)
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  return (total * 1000) / (performance.now() - began)
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

export function formatMs(value: number): string {
  return `${value.toFixed(2)} ms`
}

/** `p50 / p95`. */
export function formatSpread(samples: readonly number[]): string {
  return `${formatMs(median(samples))} / ${formatMs(percentile(samples, 0.95))}`
}
