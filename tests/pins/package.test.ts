/** The public shape of the package, written out: a change here is a change for everybody who uses it. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as client from '../../src/doors/client/entry.ts'
import * as langchain from '../../src/start/langchain-entry.ts'
import * as root from '../../src/start/root-entry.ts'

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

it('the package has this bin and these subpaths', () => {
  expect(manifest.name).toBe('nss-copilot')
  expect(manifest.type).toBe('module')
  expect(manifest.bin).toEqual({ 'nss-copilot': './dist/src/doors/cli/main.js' })
  expect(manifest.exports).toEqual({
    '.': {
      types: './dist/src/start/root-entry.d.ts',
      default: './dist/src/start/root-entry.js',
    },
    './client': {
      types: './dist/src/doors/client/entry.d.ts',
      default: './dist/src/doors/client/entry.js',
    },
    './langchain': {
      types: './dist/src/start/langchain-entry.d.ts',
      default: './dist/src/start/langchain-entry.js',
    },
    './package.json': './package.json',
  })
})

it('nss-copilot exports these names', () => {
  expect(Object.keys(root).sort()).toEqual(['RetrievalError', 'createEngine', 'isRetrievalError'])
})

it('nss-copilot/client exports these names', () => {
  expect(Object.keys(client).sort()).toEqual([
    'RetrievalError',
    'createClient',
    'fromAnthropicCitations',
    'isRetrievalError',
  ])
})

it('a client has these calls', () => {
  const made = client.createClient({ baseUrl: 'http://127.0.0.1:8787' })
  expect(Object.keys(made).sort()).toEqual([
    'guide',
    'guideMarkdown',
    'guides',
    'health',
    'passage',
    'quickScan',
    'ready',
    'retrieve',
    'searchResults',
    'verify',
  ])
})

it('nss-copilot/langchain exports these names', () => {
  expect(Object.keys(langchain).sort()).toEqual([
    'NssCopilotEmbeddings',
    'NssCopilotRetriever',
    'NssCopilotVectorStore',
    'loadNssCopilot',
  ])
})
