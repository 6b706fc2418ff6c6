/** Which kinds of difference were forgiven between a quote and the text that it matched. */
import { type Forgiven, forgivenSchema } from '../core/verification.ts'
import { scan } from './scan.ts'

const ALWAYS = () => true

/** A kind was forgiven if the two texts differ when that kind alone counts as a difference. */
export function toForgiven(quoted: string, found: string): Forgiven[] {
  if (quoted === found) return []
  return forgivenSchema.options.filter((kind) => {
    const options = { strict: new Set([kind]), isListNumber: ALWAYS }
    const mine = scan(quoted, options).tokens
    const theirs = scan(found, options).tokens
    return mine.length !== theirs.length || mine.some((token, i) => token.text !== theirs[i]?.text)
  })
}
