/** The package's own folder, so that its guides, index and model are found from anywhere. */
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json, from source and compiled alike. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder)
    folder = dirname(folder)
  return folder
}

/** A path inside the package: relative to the current folder where that lies in the package, else absolute. */
export function packagePath(path: string): string {
  const absolute = join(packageFolder(), path)
  const short = relative(process.cwd(), absolute)
  return short.startsWith('..') || isAbsolute(short) ? absolute : short
}
