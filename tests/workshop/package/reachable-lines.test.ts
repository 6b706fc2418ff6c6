import { describe, expect, it } from 'vitest'
import { reachableLines } from '../../../workshop/package/reachable-lines.ts'

const PUBLISHED = {
  bin: { tool: './dist/bin.js' },
  exports: {
    './client': { types: './dist/client.d.ts', default: './dist/client.js' },
    './package.json': './package.json',
  },
  scripts: { start: 'node dist/serve.js', build: 'node dist/build.js' },
}

function count(files: Readonly<Record<string, string>>) {
  return reachableLines(PUBLISHED, Object.keys(files), (path) => files[path] ?? '')
}

const FILES = {
  'package.json': '{}',
  'dist/bin.js': "import { a } from './a.js'\nconst b = await import('./b.js')\n",
  'dist/client.js': "export { c } from './nested/c.js'\n",
  'dist/client.d.ts': "import type { T } from './types.ts'\nimport type { U } from './unused.ts'\n",
  'dist/serve.js': "import 'node:fs'\n",
  'dist/model-worker.js': 'run()\n',
  'dist/a.js': '// import "./unused.js"\nconst text = "./unused.js"\n',
  'dist/b.js': "import '../dist/a.js'\n",
  'dist/nested/c.js': "import '../missing.js'\n",
  'dist/types.js': '/** Types. */\nexport {};\n',
  'dist/types.d.ts': 'export type T = 1\n',
  'dist/unused.js': 'one\ntwo\nthree\n',
  'dist/unused.d.ts': 'export type U = 1\n',
}

describe('the reachable lines of a package', () => {
  it('begin at its bin, exports, start script and threads', () => {
    expect(count(FILES).entries).toEqual([
      'dist/bin.js',
      'dist/client.js',
      'dist/model-worker.js',
      'dist/serve.js',
    ])
  })

  it('follow static and dynamic imports, but no comment, text or type of a file with code', () => {
    const { lines, reachable, unreachable } = count(FILES)
    expect(unreachable).toEqual([{ path: 'dist/unused.js', lines: 4 }])
    expect(lines - reachable).toBe(4)
    expect(lines).toBe(18)
  })

  it('leave out a file of types that no reachable declaration names', () => {
    const { unreachable } = count({ ...FILES, 'dist/client.d.ts': '' })
    expect(unreachable.map(({ path }) => path)).toEqual(['dist/types.js', 'dist/unused.js'])
  })
})
