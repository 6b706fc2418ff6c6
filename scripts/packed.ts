/** `npm run packed`: how many of the shipped lines can be reached from the published entries; at least 90 % must be. */
import { packageFolder } from '../src/start/package-folder.ts'
import { checkPacked } from '../workshop/package/packed.ts'
import { runScript } from './run.ts'

await runScript(() => checkPacked(packageFolder(), console.log))
