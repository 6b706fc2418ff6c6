/** `npm run interop:install`: the independent clients and suites, in this folder, in .cache/ and, for root, Chromium. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const modules = join(here, 'node_modules')
const venv = join(here, '../../.cache/interop-venv')
const chromium = '/usr/bin/chromium'

function fail(message) {
  console.error(message)
  process.exit(1)
}

/** Its exit code; `null` when there is no such program. */
function statusOf(command, args, stdio = 'ignore') {
  return spawnSync(command, args, { cwd: here, stdio }).status
}

function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`)
  const status = statusOf(command, args, 'inherit')
  if (status !== 0) fail(`${command} ${status === null ? 'is missing' : `ended with ${status}`}`)
}

/** Skips what was done for the same files before: the stamp goes with the folder that it speaks of. */
function once(folder, files, install) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(here, file)))
  const [stamp, wanted] = [join(folder, '.interop-installed'), hash.digest('hex')]
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  install()
  writeFileSync(stamp, wanted)
}

/** A package of the system: installed where that is possible, else told about. */
function needSystem(what, packages, isThere) {
  if (isThere()) return
  const byHand = `${what} is missing: as root, apt-get install -y ${packages.join(' ')}`
  const mayInstall = process.getuid?.() === 0 && statusOf('apt-get', ['--version']) === 0
  if (!mayInstall) fail(byHand)
  run('apt-get', ['update'])
  run('apt-get', ['install', '-y', ...packages])
  if (!isThere()) fail(byHand)
}

once(modules, ['package.json', 'package-lock.json', '.npmrc'], () => {
  run('npm', ['ci', '--no-audit', '--no-fund'])
  // Nothing runs scripts but this package, whose script puts Node 22 into place.
  run('npm', ['rebuild', 'node', '--ignore-scripts=false'])
})

needSystem(
  'Python 3 with venv',
  ['python3', 'python3-venv'],
  () => statusOf('python3', ['-c', 'import ensurepip, venv']) === 0,
)
const python = join(venv, 'bin/python')
if (statusOf(python, ['-m', 'pip', '--version']) !== 0)
  run('python3', ['-m', 'venv', '--clear', venv])
once(venv, ['requirements.txt'], () =>
  run(python, ['-m', 'pip', 'install', '--quiet', '-r', 'requirements.txt']),
)

needSystem(`Chromium (${chromium})`, ['chromium'], () => existsSync(chromium))
console.log('the independent suites are installed: npm run test:interop')
