/** Length in code points, which is how JSON Schema counts characters. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
