/** The public shapes on the wire, written out: a change here is a change for every client. */
import { expect, it } from 'vitest'
import { EXIT } from '../../src/doors/cli/exit-codes.ts'
import { toProblem } from '../../src/doors/http/problem.ts'
import { NssCopilotRetriever } from '../../src/doors/langchain/retriever.ts'
import { ERROR_CODES, RetrievalError } from '../../src/engine/core/errors.ts'
import { jsonOf, sampleApp } from '../doors/http/sample-app.ts'
import { sampleRetriever } from '../fixtures/built-index.ts'

const QUESTION = 'register hive at the counter'

/** `a.b[].c` for every field of a JSON value; what a list holds is looked at in its first item. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : fieldsOf(value[0], `${path}[]`)
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, field]) => [
    ...fieldsOf(field, path === '' ? name : `${path}.${name}`),
  ])
}

it('every error code has its status', () => {
  const table = ERROR_CODES.map((code) => [code, toProblem(new RetrievalError(code, 'x')).status])
  expect(Object.fromEntries(table)).toEqual({
    invalid_request: 400,
    not_found: 404,
    method_not_allowed: 405,
    payload_too_large: 413,
    unsupported_media_type: 415,
    rate_limited: 429,
    overloaded: 503,
    not_ready: 503,
    aborted: 499,
    config_invalid: 500,
    guide_invalid: 500,
    file_missing: 500,
    index_missing: 503,
    index_damaged: 503,
    index_mismatch: 503,
    model_unavailable: 500,
    model_damaged: 500,
    vector_invalid: 500,
    dependency_missing: 500,
    evaluation_invalid: 500,
    unreachable: 500,
    response_invalid: 500,
    internal: 500,
  })
})

it('the bin ends with these codes', () => {
  expect(EXIT).toEqual({ ok: 0, fault: 1, usage: 2, notInCorpus: 3, notFound: 4 })
})

it('a problem has these fields', async () => {
  const { post } = await sampleApp()
  const response = await post('{"query":"x","limit":0}')
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(fieldsOf(await jsonOf(response)).sort()).toEqual([
    'code',
    'detail',
    'field',
    'status',
    'title',
    'type',
  ])
})

it('/retrieve answers with these fields', async () => {
  const { post } = await sampleApp()
  const answer = await jsonOf(post(JSON.stringify({ query: QUESTION, languages: ['en'] })))
  const citation = (path: string) =>
    [
      'id',
      'url',
      'textFragmentUrl',
      'quote',
      'start',
      'end',
      'guideSha256',
      'sources[].id',
      'sources[].title',
      'sources[].publisher',
      'sources[].url',
      'sources[].authority',
      'sources[].seen',
      'sources[].usedFor',
      'sources[].lastVerified',
      'sources[].inherited',
      'updated',
      'stale',
    ].map((field) => `${path}.${field}`)
  const step = (path: string) =>
    ['id', 'language', 'title', 'url', 'reason'].map((field) => `${path}[].${field}`)
  expect(fieldsOf(answer).sort()).toEqual(
    [
      'query',
      'language',
      'answerability.verdict',
      'answerability.probability',
      'answerability.reason',
      'passages[].id',
      'passages[].rank',
      'passages[].score',
      'passages[].text',
      'passages[].language',
      'passages[].tokens',
      'passages[].headingPath[]',
      'passages[].guide.id',
      'passages[].guide.title',
      'passages[].guide.url',
      ...citation('passages[].citation'),
      'quickScan.guide.id',
      'quickScan.guide.language',
      'quickScan.guide.title',
      'quickScan.guide.url',
      'quickScan.bestFor',
      'quickScan.helpsYouDo',
      'quickScan.coreQuestions[]',
      'quickScan.officialBodies[]',
      'quickScan.chips[]',
      'quickScan.facts[].key',
      'quickScan.facts[].kind',
      'quickScan.facts[].label',
      'quickScan.facts[].value',
      ...citation('quickScan.facts[].citation'),
      'quickScan.fixFirst',
      'quickScan.updated',
      'quickScan.stale',
      ...step('paths.siblings'),
      ...step('paths.planning'),
      ...step('paths.nextSteps'),
      'omitted',
      'mode',
      'degraded',
      'reranker',
      'index.id',
      'index.model',
      'index.passages',
      'tookMs.embed',
      'tookMs.search',
      'tookMs.total',
    ].sort(),
  )
})

it('a LangChain document has this metadata', async () => {
  const { retriever } = await sampleRetriever()
  const [document] = await new NssCopilotRetriever({ retriever }).invoke(QUESTION)
  expect(Object.keys(document?.metadata ?? {}).sort()).toEqual([
    'answerability',
    'degraded',
    'end',
    'guide',
    'guideSha256',
    'headingPath',
    'indexId',
    'language',
    'quote',
    'rank',
    'score',
    'source',
    'sources',
    'stale',
    'start',
    'textFragmentUrl',
    'title',
    'tokens',
    'updated',
    'url',
  ])
})
