/** `node dist/runtime/serve.js`: the service as a process. */
import { main } from './node.ts'

await main(process.argv.slice(2), process.env)
