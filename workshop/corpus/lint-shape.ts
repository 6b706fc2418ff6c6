/** The shape that every guide has: the quick answer is its first section, because that is what a reader came for. */
import { type GuideFile, parseFrontMatter } from '../../src/engine/guides/front-matter.ts'
import type { Finding } from './lint.ts'

const QUICK_ANSWER = 'quick-answer'
const HEADING = /^#{2,6} +(.+?)\s*$/m

/** A finding when the first section is another one. Throws `guide_invalid` when the front matter cannot be read. */
export function lintShape(file: GuideFile): Finding[] {
  const { meta, body, bodyLine } = parseFrontMatter(file)
  const first = HEADING.exec(body)
  const title = first?.[1] ?? ''
  if (meta.anchors[title] === QUICK_ANSWER) return []
  const line = bodyLine + body.slice(0, first?.index ?? 0).split('\n').length - 1
  const message = `the first section is not the quick answer: begin with one whose anchor is ${QUICK_ANSWER}`
  return [{ path: file.path, line, message }]
}
