/** Placeholders for what a person must add to a draft; the build refuses them by name. */
import { PLACEHOLDER } from '../../src/engine/guides/front-matter.ts'

export function todo(what: string): string {
  return `${PLACEHOLDER} ${what}`
}
