/** Lower-cases the first letter, so that a sentence can continue another one: `Renew in time.` becomes `renew in time.` */
export function lowerFirst(text: string): string {
  const [first = '', second = ''] = text
  // A name or an abbreviation keeps its capital: `IMSS pays ...`.
  return second === second.toUpperCase() && second !== second.toLowerCase()
    ? text
    : first.toLowerCase() + text.slice(first.length)
}
