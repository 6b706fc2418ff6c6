/** `search`, then `fetch`, on fifty questions: every address is absolute, opens, and its anchor is there. */
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { readQuestions } from '../../workshop/evaluation/questions.ts'
import { ROOT } from './tools.ts'

const QUESTIONS = 50

let client: Client
beforeAll(async () => {
  client = new Client({ name: 'interop', version: '1.0.0' })
  const url = new URL(`${inject('url')}/mcp?tools=chatgpt`)
  await client.connect(new StreamableHTTPClientTransport(url))
})
afterAll(() => client?.close())

type Item = { id: string; title: string; url: string; text: string }
async function call<T>(name: string, args: Record<string, unknown>): Promise<T> {
  const result = await client.callTool({ name, arguments: args })
  expect(result.isError, JSON.stringify(result.content)).toBeFalsy()
  // The client has checked it against the declared schema.
  return result.structuredContent as T
}

/** Evenly over all answerable questions, so that every guide and language is asked about. */
async function fiftyQuestions(): Promise<string[]> {
  const all = (await readQuestions(join(ROOT, 'eval/questions')))
    .filter(({ kind }) => kind === 'answerable')
    .map(({ text }) => text)
  const step = all.length / QUESTIONS
  return Array.from({ length: QUESTIONS }, (_, i) => all[Math.floor(i * step)] ?? '')
}

const opened = new Map<string, Promise<{ status: number; anchors: Set<string>; text: string }>>()
/** The page without its anchor, and the anchors that the guide's data and the page itself name. */
function open(page: string) {
  const known = opened.get(page)
  if (known) return known
  const opening = (async () => {
    const response = await fetch(page, { headers: { accept: 'text/html' } })
    const text = await response.text()
    const { pathname, search, origin } = new URL(page)
    const described = await fetch(`${origin}${pathname}.json${search}`)
    // The service's own data of a guide.
    const data = (await described.json()) as { text: string; sections: { anchor: string }[] }
    const named = data.sections.map(({ anchor }) => anchor)
    const isHtml = response.headers.get('content-type')?.includes('html')
    const anchors = named.filter((anchor) => !isHtml || text.includes(`id="${anchor}"`))
    return { status: response.status, anchors: new Set(anchors), text: data.text }
  })()
  opened.set(page, opening)
  return opening
}

describe('search, then fetch', () => {
  it(`gives addresses that open, on ${QUESTIONS} questions`, async () => {
    const questions = await fiftyQuestions()
    expect(new Set(questions).size).toBe(QUESTIONS)
    let answered = 0
    for (const query of questions) {
      const { results } = await call<{ results: Item[] }>('search', { query })
      if (results.length > 0) answered++
      for (const hit of results) {
        const fetched = await call<Item & { metadata: Record<string, string> }>('fetch', {
          id: hit.id,
        })
        expect(fetched).toMatchObject(hit)
        const { href, hash, protocol } = new URL(hit.url)
        expect(protocol).toMatch(/^https?:$/)
        const { status, anchors, text } = await open(href.slice(0, href.length - hash.length))
        expect([hit.url, status]).toEqual([hit.url, 200])
        expect([...anchors]).toContain(hash.slice(1))
        const { start, end } = fetched.metadata
        expect(text.slice(Number(start), Number(end))).toBe(hit.text)
      }
    }
    // The gate refuses few answerable questions; a search that finds nothing would pass the rest.
    expect(answered).toBeGreaterThanOrEqual(QUESTIONS * 0.9)
    expect(opened.size).toBeGreaterThanOrEqual(20)
  })
})
