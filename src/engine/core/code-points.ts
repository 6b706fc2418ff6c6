/** Length in code points, as JSON Schema counts. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
