/** The service as a process: how it starts, stops, fails and what it writes into its log. */
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, temporaryFolder, writeSample } from '../fixtures/built-index.ts'
import { readyUrl, serveProcess } from '../fixtures/served.ts'

const index = makeFolder()
beforeAll(() => writeSample(index.path))
afterAll(index.remove)

const QUESTION = 'hive registration for Maria, NSS 12345678901, CURP GOMC850101MDFRRR09'
const ask = (url: string, query: string) =>
  fetch(`${url}/retrieve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })

describe('the process', () => {
  it('answers every request that runs when SIGTERM comes, and exits with 0', async () => {
    const served = serveProcess({ INDEX_DIR: index.path })
    const url = await readyUrl(served)
    // Bodies that are still being sent when the signal comes: surely running, whatever the machine's speed.
    const slow = Array.from({ length: 20 }, (_, i) => {
      const body = new ReadableStream({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode('{"query":'))
          await new Promise((resolve) => setTimeout(resolve, 500))
          controller.enqueue(new TextEncoder().encode(`"register hive ${i}"}`))
          controller.close()
        },
      })
      const headers = { 'content-type': 'application/json' }
      return fetch(`${url}/retrieve`, {
        method: 'POST',
        headers,
        body,
        duplex: 'half',
      } as RequestInit)
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    served.child.kill('SIGTERM')
    for (const response of await Promise.all(slow)) {
      expect(response.status).toBe(200)
      expect(await response.json()).toHaveProperty('passages')
    }
    expect(await served.ended).toEqual([0, null])
    await expect(fetch(`${url}/health`)).rejects.toThrow()
  })

  it('stops at once while clients only keep their connections', async () => {
    const served = serveProcess({ INDEX_DIR: index.path })
    const url = await readyUrl(served)
    await (await fetch(`${url}/health`)).text()
    const began = performance.now()
    served.child.kill('SIGINT')
    expect(await served.ended).toEqual([0, null])
    // Connections are cut after ten seconds: it did not wait for that.
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  it('ends with code 1 and one clear message when there is no index', async () => {
    const dir = temporaryFolder()
    const served = serveProcess({ INDEX_DIR: dir })
    expect(await served.ended).toEqual([1, null])
    expect(served.output()).toContain('index_missing')
    expect(served.output()).toContain(`${dir}/manifest.json`)
    expect(served.output()).toContain('npm run build:index')
  })

  it('ends with code 1 and names the port when it is busy', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => blocker.once('listening', resolve))
    const address = blocker.address()
    const port = String(typeof address === 'object' ? address?.port : '')
    const served = serveProcess({ INDEX_DIR: index.path, PORT: port })
    expect(await served.ended).toEqual([1, null])
    expect(served.output()).toContain(`127.0.0.1:${port}`)
    expect(served.output()).toContain('set another PORT or HOST')
    expect(served.output()).not.toMatch(/^\s+at /m)
    blocker.close()
  })

  it('ends with code 1 and names a wrong setting', async () => {
    const served = serveProcess({ PORT: 'eighty' })
    expect(await served.ended).toEqual([1, null])
    expect(served.output()).toContain('PORT="eighty"')
    expect(served.output()).not.toMatch(/^\s+at /m)
  })
})

describe('the log', () => {
  it('says once that the model is missing, and never holds the question at info level', async () => {
    const served = serveProcess({ INDEX_DIR: index.path })
    const url = await readyUrl(served)
    expect((await ask(url, QUESTION)).status).toBe(200)
    await fetch(`${url}/retrieve?q=${encodeURIComponent(QUESTION)}`)
    await fetch(`${url}/retrieve?q=${encodeURIComponent(QUESTION)}&limit=wrong`)
    await fetch(`${url}/guides/12345678901`)
    served.child.kill('SIGTERM')
    await served.ended
    const log = served.output()
    expect(log.match(/answering from the lexical index alone/g)).toHaveLength(1)
    expect(log).toContain('"path":"/retrieve"')
    expect(log).not.toMatch(/Maria|12345678901|GOMC850101MDFRRR09/)
  })

  it('masks identifiers at debug level', async () => {
    const served = serveProcess({ INDEX_DIR: index.path, LOG_LEVEL: 'debug' })
    const url = await readyUrl(served)
    await ask(url, QUESTION)
    served.child.kill('SIGTERM')
    await served.ended
    expect(served.output()).toContain('hive registration for Maria, NSS [11], CURP [18]')
    expect(served.output()).not.toMatch(/12345678901|GOMC850101MDFRRR09/)
  })
})
