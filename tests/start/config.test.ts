import { describe, expect, it } from 'vitest'
import { isRetrievalError } from '../../src/engine/core/errors.ts'
import { describeSettings, parseConfig, SETTINGS } from '../../src/start/config.ts'

function faultOf(env: Record<string, string>): string {
  try {
    parseConfig(env)
  } catch (error) {
    if (isRetrievalError(error) && error.code === 'config_invalid') return error.message
    throw error
  }
  throw new Error(`${JSON.stringify(env)} was accepted`)
}

describe('the settings', () => {
  it('each have a default, which also applies to an empty variable', () => {
    const defaults = {
      PORT: 8787,
      HOST: '127.0.0.1',
      PUBLIC_BASE_URL: '',
      INDEX_DIR: 'index',
      MODEL_DIR: 'models/multilingual-e5-small-en-es',
      VECTOR_INDEX: 'auto',
      LOG_LEVEL: 'info',
      MAX_BODY_BYTES: 65_536,
      MAX_QUEUE: 256,
      CORS_ORIGINS: [],
    }
    expect(parseConfig({})).toMatchObject(defaults)
    const empty = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, '']))
    expect(parseConfig(empty)).toEqual(parseConfig({}))
  })

  it('are read from the environment and nothing else is', () => {
    const env = {
      PORT: '0',
      HOST: '::1',
      PUBLIC_BASE_URL: 'https://guides.example/app/',
      VECTOR_INDEX: 'hnsw',
      MAX_QUEUE: '1',
      CORS_ORIGINS: 'https://a.example, http://localhost:3000',
      TOKEN: 'not a setting',
    }
    expect(parseConfig(env)).toMatchObject({
      PORT: 0,
      HOST: '::1',
      PUBLIC_BASE_URL: 'https://guides.example/app',
      VECTOR_INDEX: 'hnsw',
      MAX_QUEUE: 1,
      CORS_ORIGINS: ['https://a.example', 'http://localhost:3000'],
    })
    expect(Object.keys(parseConfig(env)).sort()).toEqual(Object.keys(SETTINGS).sort())
  })

  it.each([
    ['PORT', '65536', '0 to 65535'],
    ['PORT', '80a', '0 to 65535'],
    ['PORT', '-1', '0 to 65535'],
    ['PORT', '8e3', '0 to 65535'],
    ['PORT', ' 80', '0 to 65535'],
    ['PUBLIC_BASE_URL', 'guides.example', 'http or https'],
    ['PUBLIC_BASE_URL', 'ftp://guides.example', 'http or https'],
    ['MODEL_THREADS', '0', '1 to 64'],
    ['VECTOR_INDEX', 'faiss', 'flat or hnsw'],
    ['LOG_LEVEL', 'verbose', 'debug'],
    ['MAX_BODY_BYTES', '12', '1024 to 16777216'],
    ['MAX_BODY_BYTES', '64kb', '1024 to 16777216'],
    ['MAX_QUEUE', '0', '1 to 100000'],
    ['CORS_ORIGINS', 'example.org', 'https://example.org'],
    ['CORS_ORIGINS', 'https://example.org/app', 'https://example.org'],
    ['CORS_ORIGINS', 'https://example.org/', 'https://example.org'],
    ['CORS_ORIGINS', 'https://a.example, nonsense', 'https://example.org'],
  ])(
    '%s=%j stops the start with its name, its value and what is allowed',
    (name, value, allowed) => {
      const message = faultOf({ [name]: value })
      expect(message).toContain(name)
      expect(message).toContain(JSON.stringify(value))
      expect(message).toContain(allowed)
      expect(message.split('\n')).toHaveLength(1)
    },
  )

  it('report all invalid values at once', () => {
    const lines = faultOf({ PORT: 'x', MAX_QUEUE: 'y', LOG_LEVEL: 'z' }).split('\n')
    expect(lines.map((line) => line.split('=')[0])).toEqual(['PORT', 'LOG_LEVEL', 'MAX_QUEUE'])
  })

  it('are all described for --help', () => {
    for (const name of Object.keys(SETTINGS)) expect(describeSettings()).toContain(name)
  })
})
