/** Entry point of `npm start`: runs the HTTP service. */
import { main } from './http-service.ts'

await main(process.argv.slice(2), process.env)
