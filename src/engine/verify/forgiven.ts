/** Which kinds of difference lie between a quote and the text it was found as. */
import { type Forgiven, forgivenSchema } from '../core/verification.ts'
import { scan } from './scan.ts'

const ALWAYS = () => true

/** A kind was forgiven when the two texts differ once that kind alone counts as a difference. */
export function toForgiven(quoted: string, found: string): Forgiven[] {
  if (quoted === found) return []
  return forgivenSchema.options.filter((kind) => {
    const options = { strict: new Set([kind]), isListNumber: ALWAYS }
    const mine = scan(quoted, options).tokens
    const theirs = scan(found, options).tokens
    return mine.length !== theirs.length || mine.some((token, i) => token.text !== theirs[i]?.text)
  })
}
