/** `npm run eval:peers -- DIR...`: installs the other libraries into this folder if they are missing, then measures them and ours. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const compiled = join(here, '..', '..', 'dist', 'scripts', 'run.js')

function install() {
  console.error('workshop/peers/node_modules is missing: npm ci in workshop/peers')
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  return status === 0
}

async function main(dirs) {
  if (dirs.length === 0)
    return 'name one or more BEIR folders: npm run eval:peers -- ../shared/datasets/stackfaq'
  if (!existsSync(compiled)) return 'dist/ is missing: run npm run compile first'
  if (!existsSync(join(here, 'node_modules')) && !install())
    return 'npm ci failed in workshop/peers: the peers come from the npm registry'
  const { sideBySide } = await import('./side-by-side.mjs')
  const { runScript } = await import('../../dist/scripts/run.js')
  await runScript(() => sideBySide(dirs))
}

const fault = await main(process.argv.slice(2))
if (fault) {
  console.error(fault)
  process.exitCode = 1
}
