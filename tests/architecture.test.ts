/** The table "Who may import whom" of docs/architecture.md, held against the import lines of every file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What a folder of src may import besides itself: `src/…` folders and packages. Runtime and scripts may import anything. */
const ALLOWED: Record<string, readonly (string | RegExp)[]> = {
  core: ['zod'],
  guides: [
    'src/core',
    'zod',
    'yaml',
    '@adobe/css-tools',
    /^(mdast|micromark|unified|hast|rehype|remark|unist)(-|$)/,
  ],
  chunking: ['src/core'],
  lexical: ['src/core', /^@orama\/(stemmers|stopwords)$/],
  retrieval: ['src/core'],
  evaluation: ['src/core', 'zod'],
  indexing: ['src/core', 'src/guides', 'src/chunking', 'src/lexical', 'zod'],
  http: ['src/core', 'hono', 'zod-openapi', /^@hono\/(?!node-server)/, 'zod'],
  verify: ['src/core'],
  client: ['src/core', 'zod'],
  cli: ['src/core', 'src/client', 'src/runtime', 'commander'],
  mcp: ['src/core', 'zod', /^@modelcontextprotocol\//],
  adapters: ['src/core'],
  web: ['src/http', 'src/core'],
}
const NODE_FILES =
  /^(scripts\/|src\/cli\/|src\/runtime\/(?!worker\.ts)|src\/adapters\/(files\/node-fs|vector-indexes\/hnswlib)\.ts)/
const IMPORT =
  /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*|^\s*import\s*|\bimport\(\s*)(['"])([^'"]+)\1/gm

type Import = { readonly specifier: string; readonly target: string }

const files = ['src', 'scripts', 'web']
  .filter((root) => existsSync(root))
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((f) => join(root, f)),
  )
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
  .map((path) => ({ path, text: withoutComments(readFileSync(path, 'utf8')) }))

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

/** The target is a path from the root for a relative import, else the package's name. */
function importsOf(path: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(([, , specifier = '']) => {
    if (specifier.startsWith('.'))
      return { specifier, target: posix.join(posix.dirname(path), specifier) }
    if (specifier.startsWith('node:')) return { specifier, target: specifier }
    return { specifier, target: specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/') }
  })
}

/** What is wrong with the imports of one file. */
function faultsOf(path: string, text: string): string[] {
  const imports = importsOf(path, text)
  const folder = path.startsWith('src/') ? (path.split('/')[1] ?? '') : (path.split('/')[0] ?? '')
  const anything = folder === 'runtime' || folder === 'scripts'
  const own = folder === 'web' ? 'web' : `src/${folder}`
  const faults = imports.filter(({ specifier, target }) => {
    if (target.startsWith('node:')) return !NODE_FILES.test(path)
    if (anything) return specifier.startsWith('.') && !/^(src|scripts)\//.test(target)
    if (folder === 'adapters' ? target.startsWith('src/adapters/') : target.startsWith(`${own}/`))
      return folder === 'adapters'
    if (folder === 'adapters' && !specifier.startsWith('.')) return false
    // A LangChain part is given a service in process or the address of one.
    if (path.startsWith('src/adapters/langchain/') && target.startsWith('src/client/')) return false
    return !(ALLOWED[folder] ?? []).some((rule) =>
      typeof rule === 'string'
        ? target === rule || target.startsWith(`${rule}/`)
        : rule.test(target),
    )
  })
  const vendors = new Set(
    imports.map((i) => i.target).filter((target) => !/^(node:|src\/)/.test(target)),
  )
  const messages = faults.map(({ specifier }) => `${path} imports ${specifier}`)
  if (folder === 'adapters' && vendors.size > 1)
    messages.push(`${path} has ${vendors.size} vendors: ${[...vendors].join(', ')}`)
  return messages
}

const breaking = (rule: (file: { path: string; text: string }) => boolean) =>
  files.filter(rule).map((file) => file.path)

describe('the architecture', () => {
  it('lets every file import only what the table allows', () => {
    expect(files.length).toBeGreaterThan(40)
    expect(files.flatMap(({ path, text }) => faultsOf(path, text))).toEqual([])
  })

  it.each([
    ['src/core/a.ts', "import { x } from '../guides/b.ts'"],
    ['src/core/a.ts', "import { x } from 'hono'"],
    ['src/core/a.ts', "import {\n  x,\n} from 'node:fs'"],
    ['src/retrieval/a.ts', "const x = await import('../lexical/b.ts')"],
    ['src/http/a.ts', "import type { X } from '../adapters/files/node-fs.ts'"],
    ['src/http/a.ts', "import { serve } from '@hono/node-server'"],
    ['src/http/a.ts', "import '../runtime/node.ts'"],
    ['src/adapters/embedders/a.ts', "import { x } from '../vector-indexes/flat.ts'"],
    ['src/adapters/embedders/a.ts', "import { x } from './hashing.ts'"],
    ['src/adapters/embedders/a.ts', "import 'a'\nimport 'b'"],
    ['src/runtime/worker.ts', "import { join } from 'node:path'"],
    ['src/runtime/a.ts', "import { x } from '../../tests/b.ts'"],
    ['src/unknown/a.ts', "import { z } from 'zod'"],
    ['src/core/a.ts', "export { x } from '../guides/b.ts'"],
  ])('would notice in %s: %s', (path, text) => {
    expect(faultsOf(path, text)).not.toEqual([])
  })

  it('stands on its page: every folder in the layout and in the table', () => {
    const page = readFileSync('docs/architecture.md', 'utf8')
    const rows = [...page.matchAll(/^\| ([a-z, ]+) \|/gm)].flatMap(([, names = '']) =>
      names.split(', '),
    )
    const folders = readdirSync('src')
    for (const folder of folders) expect(page).toMatch(new RegExp(`^src/${folder}/ `, 'm'))
    for (const folder of new Set([...folders, ...Object.keys(ALLOWED)]))
      expect(rows).toContain(folder)
  })

  it('exports by name only and re-exports nothing wholesale', () => {
    const worker = 'src/runtime/worker.ts'
    expect(
      breaking(({ path, text }) => /^\s*export\s+default\b/m.test(text) && path !== worker),
    ).toEqual([])
    expect(breaking(({ text }) => /^\s*export\s+(type\s+)?\*/m.test(text))).toEqual([])
  })

  it('names files in kebab-case and keeps them under 400 lines', () => {
    expect(breaking(({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*(\.d)?[./])+tsx?$/.test(path))).toEqual(
      [],
    )
    expect(
      breaking(({ path }) => readFileSync(path, 'utf8').trimEnd().split('\n').length > 400),
    ).toEqual([])
  })

  it('touches process, Buffer and the environment only where Node is at home', () => {
    const neutral = (path: string) => !NODE_FILES.test(path)
    expect(
      breaking(({ path, text }) => neutral(path) && /\b(process|Buffer)\s*[.(]/.test(text)),
    ).toEqual([])
    const reading = breaking(
      ({ path, text }) => path.startsWith('src/') && /\bprocess\.env\b/.test(text),
    )
    expect(reading.filter((path) => path !== 'src/cli/main.ts')).toEqual(['src/runtime/serve.ts'])
  })
})
