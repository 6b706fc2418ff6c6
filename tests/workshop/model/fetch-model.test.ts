import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { EmbeddingModel } from '../../../src/engine/core/embedding-model.ts'
import { openModelFolder } from '../../../src/start/model-folder.ts'
import { fetchModel } from '../../../workshop/model/fetch-model.ts'
import { temporaryFolder } from '../../fixtures/built-index.ts'

const MODEL: EmbeddingModel = {
  id: 'someone/tiny',
  revision: 'abc123',
  dimensions: 8,
  maxTokens: 64,
  pooling: 'cls',
  dtype: 'q8',
  prefixes: { query: 'q: ', passage: '' },
}
const FILES: Record<string, string> = {
  'config.json': '{}',
  'tokenizer.json': '{"a":1}',
  'tokenizer_config.json': '{"b":2}',
  'onnx/model_quantized.onnx': 'weights '.repeat(5000),
}

type Answer = (file: string, body: string, response: ServerResponse) => void

/** A hub on this machine that serves the files, and what it was asked. */
async function startHub(answer: Answer): Promise<{ hub: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const file = (request.url ?? '').replace('/someone/tiny/resolve/abc123/', '')
    asked.push(file)
    const body = FILES[file]
    if (body === undefined) response.writeHead(404).end()
    else answer(file, body, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { hub: `http://127.0.0.1:${port}`, asked }
}

const whole: Answer = (_, body, response) => {
  const sum = createHash('sha256').update(body).digest('hex')
  response.writeHead(200, { 'content-length': body.length, 'x-linked-etag': `"${sum}"` }).end(body)
}

it('downloads a model from a hub, shows progress, and leaves a folder that verifies', async () => {
  const modelsDir = temporaryFolder()
  const { hub, asked } = await startHub(whole)
  const progress: string[] = []
  const folder = await fetchModel({
    hub,
    model: MODEL,
    modelsDir,
    onProgress: (file, done, total) => progress.push(`${file} ${done === total}`),
  })
  expect(asked.sort()).toEqual(Object.keys(FILES).sort())
  expect(progress).toContain('onnx/model_quantized.onnx true')
  expect(readFileSync(join(folder, 'tokenizer.json'), 'utf8')).toBe(FILES['tokenizer.json'])
  const opened = await openModelFolder(folder)
  await opened.verify()
  expect(opened.model).toEqual(MODEL)
  expect(readdirSync(modelsDir)).toEqual(['someone--tiny'])
})

const faults: [string, Answer, RegExp][] = [
  ['a missing file', (_, __, response) => void response.writeHead(404).end(), /answered 404/],
  [
    'a file that breaks off',
    (file, body, response) => {
      if (!file.startsWith('onnx')) return whole(file, body, response)
      response.writeHead(200, { 'content-length': body.length })
      response.write(body.slice(0, 100), () => response.destroy())
    },
    /connection ended|cannot be reached/,
  ],
  [
    'a file that is not what the hub names',
    (_, body, response) =>
      void response.writeHead(200, { 'x-linked-etag': `"${'0'.repeat(64)}"` }).end(body),
    /does not match the SHA-256/,
  ],
]

it.each(faults)('keeps nothing of a model with %s', async (_, answer, message) => {
  const modelsDir = temporaryFolder()
  const { hub } = await startHub(answer)
  const fetched = fetchModel({ hub, model: MODEL, modelsDir })
  await expect(fetched).rejects.toMatchObject({ code: 'model_unavailable' })
  await expect(fetched).rejects.toThrow(message)
  expect(readdirSync(modelsDir)).toEqual([])
})

it('leaves the model that was there when a new download fails', async () => {
  const modelsDir = temporaryFolder()
  const folder = await fetchModel({ hub: (await startHub(whole)).hub, model: MODEL, modelsDir })
  const broken = await startHub((_, __, response) => void response.writeHead(500).end())
  await expect(fetchModel({ hub: broken.hub, model: MODEL, modelsDir })).rejects.toThrow('500')
  expect(existsSync(join(folder, 'embedding.json'))).toBe(true)
  await (await openModelFolder(folder)).verify()
})
