/** `npm run interop:install`: the independent clients and suites, in this folder and in .cache/. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const venv = join(here, '../../.cache/interop-venv')

function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`)
  const { status, error } = spawnSync(command, args, { cwd: here, stdio: 'inherit' })
  if (status === 0) return
  console.error(error ? error.message : `${command} ended with ${status}`)
  process.exit(1)
}

run('npm', ['ci', '--no-audit', '--no-fund'])
// Nothing runs scripts but this package, whose script puts Node 22 into place.
run('npm', ['rebuild', 'node', '--ignore-scripts=false'])
if (!existsSync(join(venv, 'bin/python'))) run('python3', ['-m', 'venv', venv])
run(join(venv, 'bin/python'), ['-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt'])
