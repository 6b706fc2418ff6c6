/** Placeholders for what a person must add to a draft. The build refuses them and names each one. */
import { PLACEHOLDER } from '../../src/engine/guides/front-matter.ts'

export function todo(what: string): string {
  return `${PLACEHOLDER} ${what}`
}
