/** Where the independent tools lie, what of them is missing, and how they are run. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const HERE = join(ROOT, 'tests/interop')
const modules = (path: string) => join(HERE, 'node_modules', path)

/** The runner and the inspector want a newer Node than the service does. */
export const NODE_22 = modules('.bin/node')
export const CONFORMANCE = modules('@modelcontextprotocol/conformance/dist/index.js')
export const INSPECTOR = modules('.bin/mcp-inspector')
export const PYTHON = join(ROOT, '.cache/interop-venv/bin/python')
export const SERVE = join(ROOT, 'dist/src/runtime/serve.js')
export const BIN = join(ROOT, 'dist/src/cli/main.js')

/** One line for everything that is not there. */
export function missingTools(): string[] {
  const needed = {
    'Node 22 (npm run interop:install)': NODE_22,
    'the conformance runner (npm run interop:install)': CONFORMANCE,
    'the inspector (npm run interop:install)': INSPECTOR,
    '@langchain/mcp-adapters (npm run interop:install)': modules('@langchain/mcp-adapters'),
    'the Python environment (npm run interop:install)': PYTHON,
    'the compiled service (npm run compile)': SERVE,
    'the compiled bin (npm run compile)': BIN,
  }
  return Object.entries(needed).flatMap(([what, path]) => (existsSync(path) ? [] : [what]))
}

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

/** Runs a program to its end. */
export function run(command: string, args: readonly string[], cwd = tmpdir()): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, MCP_CATALOG_PATH: join(tmpdir(), 'nss-copilot-catalog.json') }
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
