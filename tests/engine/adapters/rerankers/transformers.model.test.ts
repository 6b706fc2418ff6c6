import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createTransformersReranker } from '../../../../src/engine/adapters/rerankers/transformers.ts'
import { testReranker } from '../../../contracts/reranker.ts'
import { temporaryFolder } from '../../../fixtures/built-index.ts'
import { MODEL_DIR } from '../../../fixtures/model.ts'
import { RERANKER_DIR, rerankerFolderWith } from '../../../fixtures/tiny-reranker.ts'

const open = (path: string, dtype: 'q8' | 'fp32' = 'fp32') =>
  createTransformersReranker({
    modelsDir: dirname(path),
    folder: basename(path),
    weights: { subfolder: 'onnx', dtype },
    threads: 1,
  })

const withWeights = (name: string) =>
  rerankerFolderWith({ 'onnx/model.onnx': () => readFileSync(join(RERANKER_DIR, 'onnx', name)) })

testReranker({ name: 'transformers', open: () => open(RERANKER_DIR) })

describe('a cross-encoder', () => {
  it('scores a text higher the more words of the question it has', async () => {
    const reranker = await open(RERANKER_DIR)
    onTestFinished(() => reranker.close())
    const scores = await reranker.score('What is the IMSS phone number?', [
      'Bring the original and a copy of your passport.',
      'The IMSS desk closes on Friday.',
      'The phone number of the IMSS is at the counter.',
    ])
    expect(scores).toEqual([...scores].sort((a, b) => a - b))
    expect(new Set(scores.map(Math.round)).size).toBe(3)
  })

  it('with two classes scores by the second logit minus the first', async () => {
    const reranker = await open(withWeights('two-classes.onnx'))
    onTestFinished(() => reranker.close())
    // Words that stand later in the vocabulary have the higher ids.
    const [early, late] = await reranker.score('nss', ['nss nss nss', 'miel miel miel'])
    expect(early).toBeGreaterThan(0)
    expect(late).toBeGreaterThan(early ?? Number.NaN)
  })

  it('handles accents, capitals and endings as its tokenizer does', async () => {
    const reranker = await open(RERANKER_DIR)
    onTestFinished(() => reranker.close())
    const [accents, plural, none] = await reranker.score('¿TELÉFONO del IMSS?', [
      'telefono imss',
      'telefonos',
      'apostilla',
    ])
    expect(accents).toBeGreaterThan(plural ?? Number.NaN)
    expect(plural).toBeGreaterThan(none ?? Number.NaN)
  })

  it.each([
    ['says how long a text may be', {}],
    [
      'does not say it',
      {
        'tokenizer_config.json': (bytes: Buffer) =>
          JSON.stringify({ ...JSON.parse(bytes.toString()), model_max_length: undefined }),
      },
    ],
  ])(
    'reads the beginning of a text longer than its positions, where the tokenizer %s',
    async (_, changes) => {
      const reranker = await open(rerankerFolderWith(changes))
      onTestFinished(() => reranker.close())
      const long = `the phone ${'of the office '.repeat(400)}`
      const [hit, miss] = await reranker.score('phone', [long, long.replace('phone', 'visa')])
      expect(hit).toBeGreaterThan(miss ?? Number.NaN)
    },
  )
})

describe('a folder without a cross-encoder', () => {
  const message = (pattern: RegExp) => ({
    code: 'model_unavailable',
    message: expect.stringMatching(pattern),
  })

  it('is named in the error together with the setting, and nothing is downloaded', async () => {
    await expect(open(`${temporaryFolder()}/nothing-here`)).rejects.toMatchObject(
      message(/nothing-here.*RERANKER_DIR/s),
    )
  })

  it('is refused when its weights are truncated', async () => {
    const cut = rerankerFolderWith({ 'onnx/model.onnx': (bytes) => bytes.subarray(0, 50_000) })
    await expect(open(cut)).rejects.toMatchObject(message(/changed-reranker.*RERANKER_DIR/s))
  })

  it('is refused when it has more classes than "relevant" and the rest', async () => {
    await expect(open(withWeights('three-classes.onnx'))).rejects.toMatchObject(
      message(/not a cross-encoder: its logits have the shape \[1, 3\]/),
    )
  })

  it('is refused when it is an embedding model', async () => {
    await expect(open(MODEL_DIR, 'q8')).rejects.toMatchObject(
      message(/not a cross-encoder: it returns no logits.*RERANKER_DIR/s),
    )
  })
})
