/** Normalizes CSS colours, so that text in the colour of its background is noticed. */

/** A colour with less alpha is treated as transparent. */
const LEAST_ALPHA = 0.1

const NAMED: Record<string, string> = {
  white: '#ffffff',
  snow: '#fffafa',
  ivory: '#fffff0',
  whitesmoke: '#f5f5f5',
  ghostwhite: '#f8f8ff',
  floralwhite: '#fffaf0',
  azure: '#f0ffff',
  mintcream: '#f5fffa',
  aliceblue: '#f0f8ff',
  black: '#000000',
}

/** The colour that a `background` shorthand names. */
export function firstColor(background: string | undefined): string | undefined {
  const names = Object.keys(NAMED).join('|')
  const pattern = new RegExp(
    `#[0-9a-f]{3,8}\\b|(?:rgb|hsl)a?\\([^)]*\\)|\\b(?:${names}|transparent)\\b`,
  )
  return pattern.exec(background ?? '')?.[0]
}

/** As `#rrggbb` where possible; a transparent background gives the background behind it. */
export function toColor(value: string, inherited: string, isBackground = false): string {
  const color = value.trim().toLowerCase()
  const through = isBackground ? inherited : 'transparent'
  if (/^(inherit|currentcolor|unset)$/.test(color)) return inherited
  if (color === 'transparent') return through
  const short = /^#?([0-9a-f]{3,4})$/.exec(color)?.[1]
  const hex = short
    ? short.replace(/./g, '$&$&')
    : /^#?([0-9a-f]{6}(?:[0-9a-f]{2})?)$/.exec(color)?.[1]
  if (hex)
    return Number.parseInt(hex.slice(6) || 'ff', 16) / 255 < LEAST_ALPHA
      ? through
      : `#${hex.slice(0, 6)}`
  const call = /^(rgb|hsl)a?\(([^)]*)\)/.exec(color)
  if (!call) return NAMED[color] ?? color
  const [a = '', b = '', c = '', alpha = '1'] = (call[2] ?? '').split(/[\s,/]+/).filter(Boolean)
  if (fraction(alpha) < LEAST_ALPHA) return through
  const light = (part: string) =>
    part.endsWith('%') ? fraction(part) * 255 : Number.parseFloat(part)
  const channels =
    call[1] === 'rgb'
      ? [a, b, c].map(light)
      : fromHsl(Number.parseFloat(a), fraction(b), fraction(c))
  return `#${channels.map((one) => Math.round(one).toString(16).padStart(2, '0')).join('')}`
}

/** https://www.w3.org/TR/css-color-4/#hsl-to-rgb */
function fromHsl(hue: number, saturation: number, lightness: number): number[] {
  return [0, 8, 4].map((n) => {
    const k = (n + hue / 30) % 12
    const reach = saturation * Math.min(lightness, 1 - lightness)
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  })
}

/** A number or a percentage; 1 for what is neither. */
export function fraction(value: string): number {
  const number = Number.parseFloat(value)
  if (Number.isNaN(number)) return 1
  return value.trim().endsWith('%') ? number / 100 : number
}

/** Whether two colours are too close to tell apart. */
export function isSameColor(a: string, b: string): boolean {
  if (a === b) return true
  const [left, right] = [a, b].map((color) => /^#([0-9a-f]{6})/.exec(color)?.[1])
  if (!left || !right) return false
  const channel = (hex: string, i: number) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return [0, 1, 2].every((i) => Math.abs(channel(left, i) - channel(right, i)) < 20)
}
