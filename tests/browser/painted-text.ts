/** What a page paints as target text (`::target-text`), read off the pixels: no script can ask a browser for it. */
import { inflateSync } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'

/** `--mark` of the style sheet in light colours: what `::target-text` is painted on. */
const MARK = [255, 229, 138]

/** A character and, one after the other, x and y of some points of its box. */
type Sample = readonly [char: string, ...points: number[]]

/** `top`: the upper edge of the first character, in the window. */
export type Painted = { readonly text: string; readonly top: number }

/** The characters in the window that are painted as target text, without white space. */
export async function paintedText(page: Page, session: CDPSession): Promise<Painted> {
  // One string: thousands of small values would each be wrapped on their way.
  const samples: Sample[] = JSON.parse(await page.evaluate(sampleText))
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
  })
  const image = toPixels(Buffer.from(data, 'base64'))
  const isMark = (x = 0, y = 0) => {
    const at = (y * image.width + x) * image.channels
    return MARK.every((value, i) => Math.abs((image.bytes[at + i] ?? 0) - value) < 3)
  }
  const isPainted = ([, ...points]: Sample) =>
    points.some((x, i) => i % 2 === 0 && isMark(x, points[i + 1]))
  const painted = samples.filter(isPainted)
  return { text: painted.map(([char]) => char).join(''), top: painted[0]?.[2] ?? Number.NaN }
}

/** Runs in the page: where each character stands that can be seen. */
function sampleText(): string {
  const found: (string | number)[][] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? ''
    if (text.trim() === '') continue
    range.selectNodeContents(node)
    const box = range.getBoundingClientRect()
    if (box.bottom < 0 || box.top > window.innerHeight) continue
    // What a closed list of contents holds has a place, but is not painted.
    if (!node.parentElement?.checkVisibility()) continue
    for (let i = 0; i < text.length; i++) {
      const char = text[i] ?? ''
      if (/\s/.test(char)) continue
      range.setStart(node, i)
      range.setEnd(node, i + 1)
      const at = range.getBoundingClientRect()
      if (at.width === 0) continue
      // Ink covers some points of a character, never all of its upper and lower edge.
      const xs = [0.2, 0.5, 0.8].map((share) => Math.floor(at.left + share * at.width))
      const ys = [Math.floor(at.top + 1), Math.floor(at.bottom - 2)]
      found.push([char, ...xs.flatMap((x) => ys.flatMap((y) => [x, y]))])
    }
  }
  return JSON.stringify(found)
}

type Pixels = { readonly width: number; readonly channels: number; readonly bytes: Uint8Array }

/** A PNG of 8 bits a channel, not interlaced, as Chromium writes it (PNG specification, third edition, clauses 5 and 9). */
function toPixels(png: Buffer): Pixels {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === 6 ? 4 : 3
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const packed = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const bytes = new Uint8Array(stride * height)
  for (let row = 0; row < height; row++) {
    const filter = packed[row * (stride + 1)] ?? 0
    const from = row * (stride + 1) + 1
    const to = row * stride
    if (filter === 0) {
      bytes.set(packed.subarray(from, from + stride), to)
      continue
    }
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : (bytes[to + i - channels] ?? 0)
      const up = row === 0 ? 0 : (bytes[to + i - stride] ?? 0)
      const corner = i < channels || row === 0 ? 0 : (bytes[to + i - stride - channels] ?? 0)
      bytes[to + i] = (packed[from + i] ?? 0) + predict(filter, left, up, corner)
    }
  }
  return { width, channels, bytes }
}

/** The five filter types; the last is Paeth's. */
function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  const byLeft = Math.abs(up - corner)
  const byUp = Math.abs(left - corner)
  const byCorner = Math.abs(left + up - 2 * corner)
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}
