/** Words written as one string, separated by white space: easier to read and to add to than an array of quoted words. */
export function wordList(words: string): string[] {
  return words.trim().split(/\s+/)
}
