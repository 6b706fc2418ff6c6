/** The table "Who may import whom" of docs/architecture.md, held against the import lines of every file. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What a language is to the engine, which is given profiles and does not look them up. */
const PROFILE = 'src/engine/languages/profile.ts'

/** What a folder may import besides itself: folders and packages. Start, workshop and scripts may import anything. */
const ALLOWED: Record<string, readonly (string | RegExp)[]> = {
  'src/engine/core': ['zod'],
  'src/engine/languages': ['src/engine/core', /^@orama\/(stemmers|stopwords)$/],
  'src/engine/guides': [
    'src/engine/core',
    PROFILE,
    'zod',
    'yaml',
    /^(mdast|micromark|unified|hast|rehype|remark|unist)(-|$)/,
  ],
  'src/engine/chunking': ['src/engine/core'],
  'src/engine/lexical': ['src/engine/core', PROFILE, 'src/engine/languages/names.ts'],
  'src/engine/search': ['src/engine/core'],
  'src/engine/library': ['src/engine/core'],
  'src/engine/verify': ['src/engine/core', PROFILE],
  'src/engine/indexing': [
    'src/engine/core',
    PROFILE,
    'src/engine/guides',
    'src/engine/chunking',
    'src/engine/lexical',
    'zod',
  ],
  'src/engine/adapters': ['src/engine/core'],
  'src/doors/http': [
    'src/engine/core',
    'src/engine/languages',
    'hono',
    /^@hono\/(?!node-server)/,
    'zod',
  ],
  'src/doors/mcp': ['src/engine/core', 'src/engine/languages', 'zod', /^@modelcontextprotocol\//],
  'src/doors/client': ['src/engine/core', 'zod'],
  'src/doors/langchain': ['src/engine/core', 'src/doors/client', /^@langchain\//],
  'src/doors/cli': ['src/engine/core', 'src/doors/client', 'src/start', 'commander'],
}
/** Where anything may be imported but the tests; only the workshop and scripts may import the workshop. */
const ANYTHING: Record<string, RegExp> = {
  'src/start': /^src\//,
  workshop: /^(src|workshop)\//,
  scripts: /^(src|workshop|scripts)\//,
}
const NODE_FILES =
  /^(scripts\/|workshop\/|src\/doors\/cli\/|src\/start\/(?!(worker|compose|served-index|index-parts)\.ts)|src\/engine\/adapters\/(files\/node-fs|vector-indexes\/hnswlib)\.ts)/
const IMPORT =
  /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*|^\s*import\s*|\bimport\(\s*)(['"])([^'"]+)\1/gm

type Import = { readonly specifier: string; readonly target: string }

const files = ['src', 'workshop', 'scripts']
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

/** The folder whose rules hold for a file: `src/engine/core`, `src/start`, `workshop`. */
function folderOf(path: string): string {
  const [top = '', part = '', folder = ''] = path.split('/')
  if (top !== 'src') return top
  return part === 'start' ? 'src/start' : `src/${part}/${folder}`
}

/** What is wrong with the imports of one file. */
function faultsOf(path: string, text: string): string[] {
  const imports = importsOf(path, text)
  const folder = folderOf(path)
  const adapter = folder === 'src/engine/adapters'
  const faults = imports.filter(({ specifier, target }) => {
    if (target.startsWith('node:')) return !NODE_FILES.test(path)
    const anything = ANYTHING[folder]
    if (anything) return specifier.startsWith('.') && !anything.test(target)
    if (target.startsWith(`${folder}/`)) return adapter
    if (adapter && !specifier.startsWith('.')) return false
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
  if (adapter && vendors.size > 1)
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
    ['src/engine/core/a.ts', "import { x } from '../guides/b.ts'"],
    ['src/engine/core/a.ts', "import { x } from 'hono'"],
    ['src/engine/core/a.ts', "import {\n  x,\n} from 'node:fs'"],
    ['src/engine/lexical/a.ts', "import { PROFILES } from '../languages/registry.ts'"],
    ['src/engine/languages/en/a.ts', "import { x } from '../../lexical/b.ts'"],
    ['src/engine/search/a.ts', "const x = await import('../lexical/b.ts')"],
    ['src/engine/search/a.ts', "import { x } from '../../doors/http/app.ts'"],
    ['src/doors/http/a.ts', "import type { X } from '../../engine/adapters/files/node-fs.ts'"],
    ['src/doors/http/a.ts', "import { serve } from '@hono/node-server'"],
    ['src/doors/http/a.ts', "import '../../start/http-service.ts'"],
    ['src/engine/adapters/embedders/a.ts', "import { x } from '../vector-indexes/flat.ts'"],
    ['src/engine/adapters/embedders/a.ts', "import { x } from './hashing.ts'"],
    ['src/engine/adapters/embedders/a.ts', "import 'a'\nimport 'b'"],
    ['src/start/worker.ts', "import { join } from 'node:path'"],
    ['src/start/compose.ts', "import { readFile } from 'node:fs/promises'"],
    ['src/start/a.ts', "import { x } from '../../tests/b.ts'"],
    ['src/start/a.ts', "import { x } from '../../workshop/bench/parts.ts'"],
    ['workshop/import/a.ts', "import { x } from '../../scripts/run.ts'"],
    ['src/unknown/a.ts', "import * as z from 'zod'"],
    ['src/engine/core/a.ts', "export { x } from '../guides/b.ts'"],
  ])('would notice in %s: %s', (path, text) => {
    expect(faultsOf(path, text)).not.toEqual([])
  })

  it('is on its page: every folder in the layout and in the table', () => {
    const page = readFileSync('docs/architecture.md', 'utf8')
    const rows = [...page.matchAll(/^\| ([a-z/, ]+) \|/gm)].flatMap(([, names = '']) =>
      names.split(', '),
    )
    const folders = ['src/engine', 'src/doors'].flatMap((part) =>
      readdirSync(part).map((name) => `${part}/${name}`),
    )
    for (const folder of [...folders, 'src/start', 'workshop', 'scripts'])
      expect(page).toMatch(new RegExp(`^${folder}/ `, 'm'))
    const named = new Set([...folders, ...Object.keys(ALLOWED), ...Object.keys(ANYTHING)])
    for (const folder of named) expect(rows).toContain(folder.replace('src/', ''))
  })

  it('exports by name only and re-exports nothing wholesale', () => {
    const worker = 'src/start/worker.ts'
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
    expect(reading.filter((path) => path !== 'src/doors/cli/main.ts')).toEqual([
      'src/start/serve.ts',
    ])
  })
})
