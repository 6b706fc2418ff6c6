/** Counts what an import left out, by kind. It is never quoted: hidden text may be a prompt injection. */

/** Records one thing that was left out, by its kind. */
export type Dropped = (kind: string) => void

export function createDropped(): { note: Dropped; toLines: () => string[] } {
  const counts = new Map<string, number>()
  return {
    note: (kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1),
    toLines: () => [...counts].map(([kind, count]) => `left out: ${kind} (${count})`),
  }
}
