/** Drafts the facts of a quick scan, each with the quote of the body that supports it. */
import type { GuideFact } from '../../src/engine/core/guide.ts'
import { type Span, sliceSpan } from '../../src/engine/core/span.ts'
import { partsWithin, toBlocks } from '../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../src/engine/guides/canonical.ts'
import { parseMarkdown } from '../../src/engine/guides/markdown.ts'
import { toSlug } from '../../src/engine/guides/sections.ts'
import { factKind } from './labels.ts'
import type { ScanPair } from './quick-scan.ts'
import { todo } from './todo.ts'

export type DraftFacts = {
  readonly facts: readonly GuideFact[]
  readonly notPlaced: readonly string[]
}

type Part = { readonly text: string; readonly sourceIds: readonly string[] }

/** `markdown` is the draft's body with its source marks. */
export function draftFacts(
  pairs: readonly ScanPair[],
  markdown: string,
  guideId: string,
): DraftFacts {
  const canonical = toCanonical(markdown)
  const { blocks } = toBlocks(parseMarkdown(canonical.text), canonical.marks)
  const parts = partsWithin(blocks, { start: 0, end: canonical.text.length }).map((part) => ({
    text: sliceSpan(canonical.text, part.span),
    sourceIds: part.sourceIds,
  }))
  const facts: GuideFact[] = []
  const notPlaced: string[] = []
  for (const { label, values } of pairs) {
    for (const value of values) {
      const kind = factKind(label)
      const named = `fact "${label}: ${value}"`
      const found = findQuote(value, parts)
      if (kind === undefined) notPlaced.push(`${named}: its label names no kind of fact`)
      else if (found === undefined) notPlaced.push(`${named}: not found in the body`)
      else if (found === 'many')
        notPlaced.push(`${named}: several blocks contain it word for word, choose a longer quote`)
      else {
        const key = freeKey(guideId, kind, label, facts)
        const source = found.part.sourceIds[0]
        if (source === undefined) notPlaced.push(`${named}: its block has no source mark`)
        facts.push({
          key,
          kind,
          label,
          value: found.value,
          source: source ?? todo('the source of this fact'),
          quote: found.quote,
        })
      }
    }
  }
  return { facts, notPlaced }
}

function freeKey(
  guideId: string,
  kind: string,
  label: string,
  facts: readonly GuideFact[],
): string {
  const taken = (key: string) => facts.some((fact) => fact.key === key)
  const short = `${guideId}.${kind}`
  if (!taken(short)) return short
  const long = `${guideId}.${toSlug(label)}`
  let key = long
  for (let n = 2; taken(key); n++) key = `${long}.${n}`
  return key
}

type Quote = { readonly value: string; readonly quote: string; readonly part: Part }

/** A sentence that contains the value, in the body's spelling, and occurs in one part only; parts with a source are tried first. */
function findQuote(value: string, parts: readonly Part[]): Quote | 'many' | undefined {
  const words = value
    .replace(/[.;,]+$/, '')
    .split(/\s+/)
    .map(escapePattern)
    .join('\\s+')
  if (words === '') return undefined
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'iu')
  const places = parts
    .flatMap((part) => {
      const match = pattern.exec(part.text)
      return match ? [{ part, at: { start: match.index, end: match.index + match[0].length } }] : []
    })
    .sort((a, b) => Number(b.part.sourceIds.length > 0) - Number(a.part.sourceIds.length > 0))
  for (const { part, at } of places) {
    const quote = sentenceAround(part.text, at)
    const held = parts.filter((other) => other.text.includes(quote)).length
    const found = sliceSpan(part.text, at)
    if (held === 1 && !found.includes('\n') && quote.includes(found))
      return { value: found, quote, part }
  }
  return places.length > 0 ? 'many' : undefined
}

const escapePattern = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The sentence around a place; table cells and lines of list items are limits too. */
function sentenceAround(text: string, at: Span): string {
  const before = text.slice(0, at.start)
  const opened = [
    ...before.matchAll(
      /[.!?]\s+(?=[\p{Lu}\p{N}¿¡*_])|\n|(?<!\\)\||^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?/gmu,
    ),
  ].at(-1)
  const start = opened ? opened.index + opened[0].length : 0
  const after = /[.!?](?=\s+[\p{Lu}\p{N}¿¡*_]|\s*$)|\n|(?<!\\)\||$/u.exec(text.slice(at.end))
  const end = at.end + (after?.index ?? 0)
  const sentence = text.slice(start, end)
  return sentence.trim().replace(/^[-*+]\s+/, '')
}
