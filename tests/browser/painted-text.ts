/** What a page paints as target text (`::target-text`), read off the pixels: no script can ask a browser for it. */
import { inflateSync } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'

/** `--mark` of the style sheet in light colours: what `::target-text` is painted on. */
const MARK = [255, 229, 138]

type Sample = { readonly char: string; readonly points: readonly (readonly [number, number])[] }

/** The characters in the window that are painted as target text, without white space. */
export async function paintedText(page: Page, session: CDPSession): Promise<string> {
  const samples: Sample[] = await page.evaluate(sampleText)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
  })
  const image = toPixels(Buffer.from(data, 'base64'))
  const isMark = ([x, y]: readonly [number, number]) => {
    const at = (Math.floor(y) * image.width + Math.floor(x)) * image.channels
    return MARK.every((value, i) => Math.abs((image.bytes[at + i] ?? 0) - value) < 3)
  }
  return samples.flatMap(({ char, points }) => (points.some(isMark) ? [char] : [])).join('')
}

/** Runs in the page: where each character stands that can be seen. */
function sampleText(): Sample[] {
  const found: { char: string; points: [number, number][] }[] = []
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
      const xs = [0.2, 0.5, 0.8].map((share) => at.left + share * at.width)
      found.push({
        char,
        points: xs.flatMap((x): [number, number][] => [
          [x, at.top + 1],
          [x, at.bottom - 2],
        ]),
      })
    }
  }
  return found
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
