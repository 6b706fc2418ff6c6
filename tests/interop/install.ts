/** `npm run interop:install`: the independent clients and suites, in this folder, a Python environment in the user's cache folder and, for root, Chromium. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PYTHON_FOLDER } from './python-folder.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const modules = join(here, 'node_modules')
const venv = PYTHON_FOLDER
const chromium = '/usr/bin/chromium'

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

/** Its exit code; `null` when there is no such program. */
function statusOf(
  command: string,
  args: readonly string[],
  stdio: 'ignore' | 'inherit' = 'ignore',
): number | null {
  return spawnSync(command, [...args], { cwd: here, stdio }).status
}

function run(command: string, args: readonly string[]): void {
  console.log(`> ${command} ${args.join(' ')}`)
  const status = statusOf(command, args, 'inherit')
  if (status !== 0) fail(`${command} ${status === null ? 'is missing' : `ended with ${status}`}`)
}

/** Skips what was done for the same files before; the stamp is in the folder that it is about. */
function once(folder: string, files: readonly string[], install: () => void): void {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(here, file)))
  const stamp = join(folder, '.interop-installed')
  const wanted = hash.digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  install()
  writeFileSync(stamp, wanted)
}

/** A package of the system: installed where that is possible, else named with its remedy. */
function needSystem(what: string, packages: readonly string[], isThere: () => boolean): void {
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
