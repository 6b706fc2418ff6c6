/** Placeholders of a draft: what the page does not say and a person must; the build refuses them by name. */
import { PLACEHOLDER } from '../front-matter.ts'

export function todo(what: string): string {
  return `${PLACEHOLDER} ${what}`
}
