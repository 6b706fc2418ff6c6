/** Removes all text of a page that is not visible to its readers. */
import type { Element, ElementContent, Root } from 'hast'
import { firstColor, fraction, isSameColor, toColor } from './colors.ts'
import type { Dropped } from './dropped.ts'
import { readStyles, type Style, WINDOW_WIDTH_PX } from './styles.ts'

/** Class names that hide by convention, even when the page's style rules were not saved with it. */
const HIDING_CLASS =
  /^(sr-only|visually-?hidden|screen-reader(-only|-text|-response)?|elementor-(screen-only|hidden-desktop)|element-(invisible|hidden)|(is-|u-|cdk-)?visually-hidden|(is-|u-|a11y-)hidden|hidden|hide|d-none|display-none|invisible|off-?screen|show-for-sr|opacity-0|accessibly-hidden|assistive-text|uk-hidden)$/i

/** Smaller text is not meant to be read. */
const LEAST_FONT_PX = 3
/** Text moved this far out of its box is not visible. */
const OFF_SCREEN_PX = 400
const LEAST_OPACITY = 0.1

const UNITS: Record<string, number> = {
  px: 1,
  '': 1,
  pt: 1.33,
  rem: 16,
  em: 16,
  ex: 8,
  ch: 8,
  '%': 4,
  vw: 13,
  vh: 8,
  in: 96,
  cm: 38,
  mm: 4,
}

/** What text inherits from the elements around it. */
type Inherited = {
  readonly tiny: boolean
  readonly invisible: boolean
  readonly color: string
  readonly background: string
}

/** Removes hidden elements, hidden text, comments and invisible characters. */
export function removeHidden(tree: Root, dropped: Dropped): void {
  const styleOf = readStyles(tree)
  const walk = (parent: Root | Element, inherited: Inherited) => {
    const kept: Root['children'] = []
    for (const child of parent.children) {
      if (child.type === 'comment') dropped('comment')
      else if (child.type === 'text') {
        if (!isShown(inherited) && child.value.trim() !== '') dropped('hidden text')
        else kept.push({ ...child, value: withoutInvisible(child.value, dropped) })
      } else if (child.type === 'element') {
        const style = styleOf(child)
        if (isHidden(child, style)) dropped('hidden element')
        else {
          walk(child, inherit(inherited, child, style))
          kept.push(child)
        }
      }
    }
    // A root's children are a superset of an element's; what is kept came from the same parent.
    parent.children = kept as ElementContent[]
  }
  walk(tree, { tiny: false, invisible: false, color: '#000000', background: '#ffffff' })
}

const isShown = (state: Inherited) =>
  !state.tiny &&
  !state.invisible &&
  state.color !== 'transparent' &&
  !isSameColor(state.color, state.background)

/** Zero-width, direction-changing and tag characters and soft hyphens: invisible to readers. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

function withoutInvisible(text: string, dropped: Dropped): string {
  const clean = text.replace(INVISIBLE, '')
  if (clean !== text) dropped('invisible characters')
  return clean
}

function isHidden(element: Element, style: Style): boolean {
  const { properties } = element
  if (properties.hidden !== undefined && properties.hidden !== null && properties.hidden !== false)
    return true
  if (String(properties.ariaHidden).trim().toLowerCase() === 'true') return true
  const classes = Array.isArray(properties.className) ? properties.className : []
  if (classes.some((name) => HIDING_CLASS.test(String(name)))) return true
  if (element.tagName === 'dialog' && properties.open === undefined) return true
  if (properties.popover !== undefined) return true
  return hides(style)
}

/** Whether a style hides an element with everything in it. */
function hides(style: Style): boolean {
  const value = (name: string) => style.get(name) ?? ''
  const px = (name: string) => lengthPx(value(name))
  const far = (name: string) => (px(name) ?? 0) <= -OFF_SCREEN_PX
  if (/^none\b/.test(value('display')) || value('content-visibility') === 'hidden') return true
  if (value('opacity') !== '' && fraction(value('opacity')) < LEAST_OPACITY) return true
  const filter = /opacity\(([^)]*)\)/.exec(value('filter'))
  if (filter && fraction(filter[1] ?? '') < LEAST_OPACITY) return true
  if (value('zoom') !== '' && fraction(value('zoom')) < LEAST_OPACITY) return true
  if (
    /(^|[\s(,])(?:rect|circle|inset|polygon)\(/.test(value('clip-path')) &&
    clipsAll(value('clip-path'))
  )
    return true
  if (/rect\(/.test(value('clip')) && clipsAll(value('clip'))) return true
  if (movesAway(`${value('transform')} translate(${value('translate')}) scale(${value('scale')})`))
    return true
  const sides = ['left', 'right', 'inset-inline-start', 'inset']
  const beside = sides.some((side) => far(side) || (px(side) ?? 0) >= WINDOW_WIDTH_PX)
  if (
    /absolute|fixed|relative|sticky/.test(value('position')) &&
    (beside || far('top') || far('bottom'))
  )
    return true
  if (
    ['text-indent', 'letter-spacing', 'margin-left', 'margin-top', 'margin-right', 'margin'].some(
      far,
    )
  )
    return true
  const clipped = /hidden|clip/.test(value('overflow') + value('overflow-x') + value('overflow-y'))
  const sizes = ['width', 'height', 'max-width', 'max-height', 'block-size', 'inline-size']
  return clipped && sizes.some((size) => (px(size) ?? LEAST_FONT_PX) < LEAST_FONT_PX)
}

/** Whether `rect()`, `inset()`, `circle()` or `polygon()` leaves nothing visible. */
function clipsAll(value: string): boolean {
  const [, shape = '', inner = ''] = /(rect|inset|circle|polygon)\(([^)]*)/.exec(value) ?? []
  const numbers = (inner.match(/-?[\d.]+/g) ?? []).map(Number)
  if (shape === 'inset') return inner.includes('%') && numbers.some((n) => n >= 50)
  if (shape === 'rect') return !inner.includes('auto') && numbers.every((n) => Math.abs(n) <= 1)
  return numbers.length > 0 && numbers.every((n) => n === 0)
}

function movesAway(transform: string): boolean {
  if (/matrix\(\s*0[\s,]+0[\s,]+0[\s,]+0\b/.test(transform)) return true
  if (/scale[xy3d]*\(\s*(?:0+(?:\.0*)?|\.0+)\s*[,)\s]/.test(transform)) return true
  return [...transform.matchAll(/translate\w*\(([^)]*)\)/g)].some((match) =>
    (match[1] ?? '')
      .split(/[\s,]+/)
      .some((part) =>
        part.endsWith('%')
          ? Math.abs(fraction(part)) >= 1
          : Math.abs(lengthPx(part) ?? 0) >= OFF_SCREEN_PX,
      ),
  )
}

/** A CSS length in pixels, approximately; undefined for anything else. */
function lengthPx(value: string): number | undefined {
  const match =
    /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(px|pt|r?em|ex|ch|%|vw|vh|in|cm|mm)?(?:\s|$)/.exec(
      value,
    )
  return match ? Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1) : undefined
}

function inherit(from: Inherited, element: Element, style: Style): Inherited {
  const { properties } = element
  const visibility = style.get('visibility')
  const image =
    /url\(|gradient\(/.test(
      `${style.get('background') ?? ''} ${style.get('background-image') ?? ''}`,
    ) || properties.background
  const background =
    style.get('background-color') ??
    firstColor(style.get('background')) ??
    asText(properties.bgColor)
  const fill = image ? undefined : style.get('-webkit-text-fill-color')
  const attribute = { font: properties.color, body: properties.text }[element.tagName]
  const color = fill ?? style.get('color') ?? asText(attribute)
  return {
    tiny: isTiny(from.tiny, style),
    invisible:
      visibility === undefined || visibility === 'inherit'
        ? from.invisible
        : /hidden|collapse/.test(visibility),
    color: color === undefined ? from.color : toColor(color, from.color),
    background: image
      ? 'an image'
      : background === undefined
        ? from.background
        : toColor(background, from.background, true),
  }
}

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** A relative size of tiny text is tiny; an absolute size is taken as it is. */
function isTiny(inherited: boolean, style: Style): boolean {
  const shorthand = /(?:^|\s)([\d.]+(?:px|pt|r?em|%)?)(?:\/|\s)/.exec(style.get('font') ?? '')?.[1]
  const value = style.get('font-size') ?? shorthand
  if (value === undefined) return inherited
  const size = value.endsWith('%') ? fraction(value) * 16 : lengthPx(value)
  if (size !== undefined && size < LEAST_FONT_PX) return true
  return /^[\d.]+(em|%|ex|ch)$|inherit|smaller|larger/.test(value) && inherited
}
