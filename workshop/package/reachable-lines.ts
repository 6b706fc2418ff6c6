/** Counts how many of the shipped lines of code are reachable by imports from the published entry points. */
import { posix } from 'node:path'
import ts from 'typescript'

/** What `package.json` publishes; entries are read from it. */
export type PublishedPackage = {
  readonly bin?: Readonly<Record<string, string>>
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly scripts?: Readonly<Record<string, string>>
}

export type ReachableLines = {
  readonly entries: readonly string[]
  /** Lines of `.js` and of the `.d.ts` beside it. */
  readonly lines: number
  readonly reachable: number
  /** Shipped `.js` files that no entry reaches, with their lines (declarations included), in path order. */
  readonly unreachable: readonly { readonly path: string; readonly lines: number }[]
}

/** Started by a path that is put together at run time, so that no import names it. */
const THREAD_ENTRY = /-worker\.js$/

/**
 * `files` are the paths in the package, relative to its root. A file without code of its own, compiled from types alone, is
 * reached through the declarations of reached files.
 */
export function reachableLines(
  { bin = {}, exports = {}, scripts = {} }: PublishedPackage,
  files: readonly string[],
  read: (path: string) => string,
): ReachableLines {
  const shipped = new Set(files.map((path) => posix.normalize(path)))
  const named = [
    ...Object.values(bin),
    ...Object.values(exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    ),
    ...(scripts.start?.split(' ') ?? []),
  ].map((path) => posix.normalize(path))
  const isEntry = (path: string) =>
    path.endsWith('.js') && (named.includes(path) || THREAD_ENTRY.test(path))
  const entries = [...shipped].filter(isEntry).sort()
  const reached = new Set(entries)
  for (const path of reached) {
    for (const target of importsOf(path, read(path))) if (shipped.has(target)) reached.add(target)
    const declarations = declarationsOf(path)
    if (!shipped.has(declarations)) continue
    for (const target of importsOf(declarations, read(declarations)))
      if (shipped.has(target) && isTypesOnly(read(target))) reached.add(target)
  }
  const linesOf = (path: string) =>
    [path, declarationsOf(path)]
      .filter((file) => shipped.has(file))
      .reduce((sum, file) => sum + read(file).trimEnd().split('\n').length, 0)
  const counted = [...shipped]
    .filter((path) => path.endsWith('.js'))
    .sort()
    .map((path) => ({ path, lines: linesOf(path) }))
  const unreachable = counted.filter(({ path }) => !reached.has(path))
  const total = (some: typeof counted) => some.reduce((sum, { lines }) => sum + lines, 0)
  return {
    entries,
    lines: total(counted),
    reachable: total(counted) - total(unreachable),
    unreachable,
  }
}

/** Relative imports, static and dynamic, as the `.js` files that they name. */
function importsOf(path: string, text: string): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => posix.join(posix.dirname(path), fileName.replace(/(\.d)?\.ts$/, '.js')))
}

function declarationsOf(path: string): string {
  return path.replace(/\.js$/, '.d.ts')
}

function isTypesOnly(code: string): boolean {
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').trim() === 'export {};'
}
