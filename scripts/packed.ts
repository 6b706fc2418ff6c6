/** `npm run packed`: checks that at least 90 % of the shipped lines are reachable from the published entry points. */
import { packageFolder } from '../src/start/package-folder.ts'
import { checkPacked } from '../workshop/package/packed.ts'
import { runScript } from './run.ts'

await runScript(() => checkPacked(packageFolder(), console.log))
