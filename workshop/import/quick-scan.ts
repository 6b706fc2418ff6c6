/** Finds the quick-scan block of a page, in whatever form: definition list, labelled list, table, labels above texts. */
import type { ListItem, Root, RootContent } from 'mdast'
import { factKind, isCoreLabel, isQuickScanTitle, plainLabel, scanField } from './labels.ts'
import { REFERENCE_SIGN } from './page.ts'
import { linesOf, plainText } from './tidy.ts'

/** A label of the block with the values beside or below it. */
export type ScanPair = { readonly label: string; readonly values: readonly string[] }

export type TakenScan = {
  readonly pairs: readonly ScanPair[]
  readonly notPlaced: readonly string[]
}

const LONGEST_LABEL = 45

/** Removes the block from the body and returns its labelled values. */
export function takeQuickScan(root: Root): TakenScan {
  const start = root.children.findIndex((node) => startsScan(node))
  if (start === -1) return { pairs: [], notPlaced: [] }
  const pairs: ScanPair[] = []
  const notPlaced: string[] = []
  const first = root.children[start]
  const titled = first !== undefined && isQuickScanTitle(plainText(first))
  let labelDepth = first?.type === 'heading' && !titled ? first.depth : undefined
  const titleDepth = first?.type === 'heading' && titled ? first.depth : undefined
  let open: { label: string; values: string[]; heading: boolean } | undefined
  let end = titled ? start + 1 : start
  for (; end < root.children.length; end++) {
    const node = root.children[end]
    if (node === undefined) break
    if (node.type === 'heading') {
      const deeper = titleDepth !== undefined && node.depth > titleDepth
      const level = titleDepth === undefined && (labelDepth ?? node.depth) === node.depth
      const isLabel = deeper || (level && isLabelText(plainText(node)))
      if (!isLabel) break
      labelDepth ??= node.depth
      open = { label: plainText(node), values: [], heading: true }
      pairs.push(open)
      continue
    }
    const found = pairsOf(node)
    if (
      found.length > 0 &&
      !(open && open.values.length === 0 && !found.some((pair) => isLabelText(pair.label)))
    ) {
      pairs.push(...found)
      open = undefined
    } else if (
      node.type === 'paragraph' &&
      isLabelText(plainText(node)) &&
      plainText(node).length <= LONGEST_LABEL
    ) {
      open = { label: plainText(node), values: [], heading: false }
      pairs.push(open)
    } else if (open && (open.heading || open.values.length === 0)) {
      open.values.push(...valuesOf(node))
    } else if (titled && (titleDepth !== undefined || hasPairAfter(root.children, end))) {
      notPlaced.push(`quick scan, without a label: "${plainText(node).slice(0, 120)}"`)
    } else break
  }
  root.children.splice(start, end - start)
  return { pairs: pairs.map(({ label, values }) => ({ label, values })), notPlaced }
}

const isLabelText = (text: string) => scanField(text) !== undefined || factKind(text) !== undefined

function startsScan(node: RootContent): boolean {
  if (node.type === 'heading' || node.type === 'paragraph') {
    const text = plainText(node)
    if (isQuickScanTitle(text) || isCoreLabel(text)) return true
  }
  const core = pairsOf(node).filter((pair) => isCoreLabel(pair.label))
  return core.length >= (node.type === 'paragraph' ? 1 : 2)
}

function hasPairAfter(nodes: readonly RootContent[], at: number): boolean {
  const next = nodes[at + 1]
  return (
    next !== undefined &&
    (startsScan(next) || pairsOf(next).some((pair) => isLabelText(pair.label)))
  )
}

/** The labelled values of one block. */
function pairsOf(node: RootContent): ScanPair[] {
  if (node.type === 'list') return node.children.flatMap((item) => itemPair(item) ?? [])
  if (node.type === 'table') {
    return node.children.flatMap((row) => {
      const [label, ...values] = row.children.map(plainText)
      if (row.children.length < 2 || !label || plainLabel(label) === '') return []
      return { label: cleanLabel(label), values: split(values.filter(Boolean).join('; ')) }
    })
  }
  if (node.type !== 'paragraph') return []
  const pairs = linesOf(node).map(linePair)
  return pairs.every((pair) => pair !== undefined) ? pairs : []
}

/** `Label: value`, or a label with the values nested below it. */
function itemPair(item: ListItem): ScanPair | undefined {
  const [lead, ...below] = item.children
  if (!lead) return undefined
  const lines = linesOf(lead)
  const strong =
    lead.type === 'paragraph' && lead.children[0]?.type === 'strong'
      ? plainText(lead.children[0])
      : ''
  const text = plainText(lead)
  const nested = below.flatMap(valuesOf)
  if (nested.length > 0 && text.length <= LONGEST_LABEL)
    return { label: cleanLabel(text), values: nested }
  if (strong && strong.length <= LONGEST_LABEL && strong.length < text.length)
    return {
      label: cleanLabel(strong),
      values: [...split(text.slice(strong.length).replace(/^[\s:–—-]+/, '')), ...nested],
    }
  const pair =
    linePair(text) ??
    (lines.length === 2 && isLabelText(lines[0] ?? '')
      ? { label: lines[0] ?? '', values: split(lines[1] ?? '') }
      : undefined)
  return pair && { ...pair, values: [...pair.values, ...nested] }
}

function linePair(line: string): ScanPair | undefined {
  const match = /^([^:.]{2,45}):\s*(\S.*)$/.exec(line.replaceAll(REFERENCE_SIGN, ''))
  if (match && !/https?$/.test(match[1] ?? ''))
    return { label: cleanLabel(match[1] ?? ''), values: split(match[2] ?? '') }
  const dashed = /^([^–—]{2,45}?)\s+[–—]\s+(\S.*)$/.exec(line)
  return dashed && isLabelText(dashed[1] ?? '')
    ? { label: cleanLabel(dashed[1] ?? ''), values: split(dashed[2] ?? '') }
    : undefined
}

const cleanLabel = (label: string) => label.replace(/^[^\p{L}\p{N}¿]+|[\s:：*]+$/gu, '').trim()

function valuesOf(node: RootContent): string[] {
  if (node.type === 'list') return node.children.flatMap((item) => split(plainText(item)))
  return linesOf(node).flatMap(split)
}

/** Splits several questions in one line. */
function split(value: string): string[] {
  const clean = value.replaceAll(REFERENCE_SIGN, '').trim()
  const parts = (clean.match(/\?/g) ?? []).length > 1 ? clean.split(/(?<=\?)[\s,;·|/]*/) : [clean]
  return parts.filter((part) => part !== '')
}
