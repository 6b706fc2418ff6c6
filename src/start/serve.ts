/** `npm start`: the HTTP service as a process of its own. */
import { main } from './http-service.ts'

await main(process.argv.slice(2), process.env)
