/** Counts what an import left out, by kind. What was left out is never quoted: it may have been written to be obeyed. */

/** Notes one thing that was left out. */
export type Dropped = (kind: string) => void

export function createDropped(): { note: Dropped; toLines: () => string[] } {
  const counts = new Map<string, number>()
  return {
    note: (kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1),
    toLines: () => [...counts].map(([kind, count]) => `left out: ${kind} (${count})`),
  }
}
