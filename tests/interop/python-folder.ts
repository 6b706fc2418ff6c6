/** Where the Python environment of the independent suites lies: outside the checkout, named by what is installed in it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const requirements = readFileSync(new URL('./requirements.txt', import.meta.url))
const hash = createHash('sha256').update(requirements).digest('hex').slice(0, 16)
const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')

export const PYTHON_FOLDER = join(cache, 'nss-copilot', `interop-${hash}`)
