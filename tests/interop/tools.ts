/** Where the independent tools lie, what of them is missing, and how they are run. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PYTHON_FOLDER } from './python-folder.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const HERE = join(ROOT, 'tests/interop')
const modules = (path: string) => join(HERE, 'node_modules', path)
const venv = (program: string) => join(PYTHON_FOLDER, 'bin', program)

/** The runner and the inspector want a newer Node than the service does. */
export const NODE_22 = modules('.bin/node')
export const CONFORMANCE = modules('@modelcontextprotocol/conformance/dist/index.js')
export const INSPECTOR = modules('.bin/mcp-inspector')
export const SPECTRAL = modules('.bin/spectral')
export const REDOCLY = modules('.bin/redocly')
export const LIGHTHOUSE = modules('.bin/lighthouse')
export const PUBLINT = modules('.bin/publint')
export const ATTW = modules('.bin/attw')
export const PYTHON = venv('python')
export const SCHEMATHESIS = venv('schemathesis')
const CHROMIUM = '/usr/bin/chromium'
export const SERVE = join(ROOT, 'dist/src/start/serve.js')
export const BIN = join(ROOT, 'dist/src/doors/cli/main.js')

/** One line for everything that is not there, each with its remedy. */
export function missingTools(): string[] {
  const installed = {
    'Node 22': NODE_22,
    'the conformance runner': CONFORMANCE,
    'the MCP inspector': INSPECTOR,
    '@langchain/mcp-adapters': modules('@langchain/mcp-adapters'),
    '@langchain/classic': modules('@langchain/classic'),
    Spectral: SPECTRAL,
    Redocly: REDOCLY,
    Lighthouse: LIGHTHOUSE,
    publint: PUBLINT,
    'are the types wrong': ATTW,
    'the Python environment': PYTHON,
    Schemathesis: SCHEMATHESIS,
    'pytest with langchain-tests': venv('py.test'),
    [`Chromium (${CHROMIUM})`]: CHROMIUM,
  }
  const compiled = { 'the compiled service': SERVE, 'the compiled bin': BIN }
  const absent = (needed: Record<string, string>, remedy: string) =>
    Object.entries(needed)
      .filter(([, path]) => !existsSync(path))
      .map(([what]) => `${what} is missing: ${remedy}`)
  return [...absent(installed, 'npm run interop:install'), ...absent(compiled, 'npm run compile')]
}

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], cwd = tmpdir()): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const env = {
      ...process.env,
      MCP_CATALOG_PATH: join(tmpdir(), 'nss-copilot-catalog.json'),
      CHROME_PATH: CHROMIUM,
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    }
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, out, err }))
  })
}
