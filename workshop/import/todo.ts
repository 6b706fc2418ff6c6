/** Placeholders of a draft: what the page does not say and a person must; the build refuses them by name. */
import { PLACEHOLDER } from '../../src/engine/guides/front-matter.ts'

export function todo(what: string): string {
  return `${PLACEHOLDER} ${what}`
}
