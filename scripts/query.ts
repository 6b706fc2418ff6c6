/** `npm run query -- "question" [--lang es] [--limit 5] [--json] [--explain]`: asks the built index, prints readably. */
import { parseArgs } from 'node:util'
import { RetrievalError } from '../src/core/errors.ts'
import { parseRetrievalBody } from '../src/http/request.ts'
import { parseConfig } from '../src/runtime/config.ts'
import { loadService } from '../src/runtime/load-service.ts'
import { printAnswer } from '../src/runtime/print-answer.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const config = parseConfig(process.env)
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      lang: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
      explain: { type: 'boolean', default: false },
    },
  })
  if (positionals.length === 0) {
    throw new RetrievalError(
      'invalid_request',
      'ask something: npm run query -- "is the NSS free?"',
    )
  }
  const request = parseRetrievalBody({
    query: positionals.join(' '),
    explain: values.explain,
    ...(values.limit ? { limit: Number(values.limit) } : {}),
    ...(values.lang ? { languages: values.lang.split(',') } : {}),
  })
  const service = await loadService({
    ...config,
    baseUrl: config.PUBLIC_BASE_URL || `http://${config.HOST}:${config.PORT}`,
    notice: (message) => console.error(message),
  })
  try {
    const answer = await service.retriever.retrieve(request)
    console.log(values.json ? JSON.stringify(answer, null, 2) : printAnswer(answer))
  } finally {
    await service.close()
  }
})
