/** `npm run model:fetch -- --id ORG/NAME --revision COMMIT --dimensions 384 [...]`: downloads another embedding model from a hub. */
import { parseArgs } from 'node:util'
import { embeddingModelSchema } from '../src/engine/core/embedding-model.ts'
import { RetrievalError } from '../src/engine/core/errors.ts'
import { createProgress } from '../src/start/progress.ts'
import { fetchModel } from '../workshop/model/fetch-model.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const { values } = parseArgs({
    options: {
      id: { type: 'string' },
      revision: { type: 'string' },
      hub: { type: 'string', default: 'https://huggingface.co' },
      dimensions: { type: 'string', default: '384' },
      'max-tokens': { type: 'string', default: '512' },
      pooling: { type: 'string', default: 'mean' },
      dtype: { type: 'string', default: 'q8' },
      'query-prefix': { type: 'string', default: '' },
      'passage-prefix': { type: 'string', default: '' },
    },
  })
  const model = embeddingModelSchema.safeParse({
    id: values.id,
    revision: values.revision,
    dimensions: Number(values.dimensions),
    maxTokens: Number(values['max-tokens']),
    pooling: values.pooling,
    dtype: values.dtype,
    prefixes: { query: values['query-prefix'], passage: values['passage-prefix'] },
  })
  if (!model.success) {
    const issue = model.error.issues[0]
    throw new RetrievalError('config_invalid', `--${issue?.path.join('.')}: ${issue?.message}`)
  }
  const folder = await fetchModel({
    hub: values.hub.replace(/\/+$/, ''),
    model: model.data,
    modelsDir: 'models',
    onProgress: createProgress(),
  })
  console.log(
    `${folder} is ready: run MODEL_DIR=${folder} npm run build:index, then npm start with the same MODEL_DIR`,
  )
})
