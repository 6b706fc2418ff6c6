/** Locates the package's own folder, so that its guides, index and model are found from any working directory. */
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The nearest parent folder with a package.json; works for source and for compiled code. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder)
    folder = dirname(folder)
  return folder
}

/** A path inside the package: relative if it is inside the working directory, otherwise absolute. */
export function packagePath(path: string): string {
  const absolute = join(packageFolder(), path)
  const short = relative(process.cwd(), absolute)
  return short.startsWith('..') || isAbsolute(short) ? absolute : short
}
