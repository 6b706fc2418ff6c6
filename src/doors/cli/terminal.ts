/** The part of the process that commands use (streams, environment, colours), so that tests can replace it. */
import { styleText } from 'node:util'

export type Terminal = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** For notices, progress and errors, because stdout carries only the answer. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

/** Colours are used only on a terminal. NO_COLOR (no-color.org) disables them; FORCE_COLOR enables them elsewhere. */
export function wantsColour(env: Terminal['env'], stream: { readonly isTTY?: boolean }): boolean {
  if (env.NO_COLOR) return false
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR)
  return stream.isTTY === true && env.TERM !== 'dumb'
}

export function createPaint(colour: boolean): Paint {
  return (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text)
}

export function print(stream: NodeJS.WritableStream, text: string): void {
  stream.write(`${text}\n`)
}

/** Reads a stream to its end as UTF-8. */
export async function readAll(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
