/** Ends `npm run test:interop` before the first suite with what is missing and what to do about it. */
import { missingTools } from './tools.ts'

const missing = missingTools()
if (missing.length > 0) {
  console.log(missing.join('\n'))
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
