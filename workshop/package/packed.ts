/** `npm run packed`: packs the package without writing a file, and checks that it ships little unreachable code. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { reachableLines } from './reachable-lines.ts'

/** Share of the shipped lines. */
const LEAST_REACHABLE = 0.9

const packedSchema = z.array(z.object({ files: z.array(z.object({ path: z.string() })) })).length(1)
const packageSchema = z.object({
  bin: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  scripts: z.record(z.string(), z.string()),
})

/** Prints the count and every unreachable file; throws `internal` when less than 90 % of the lines are reachable. */
export async function checkPacked(root: string, print: (text: string) => void): Promise<void> {
  const pack = ['pack', '--json', '--dry-run', '--ignore-scripts']
  const { stdout } = await promisify(execFile)('npm', pack, { cwd: root, maxBuffer: 2 ** 24 })
  const files = packedSchema.parse(JSON.parse(stdout)).flatMap((one) => one.files)
  const read = (path: string) => readFileSync(join(root, path), 'utf8')
  const result = reachableLines(
    packageSchema.parse(JSON.parse(read('package.json'))),
    files.map(({ path }) => path),
    read,
  )
  const { entries, lines, reachable, unreachable } = result
  for (const { path, lines: count } of unreachable) print(`unreachable: ${path} (${count} lines)`)
  const share = `${((100 * reachable) / lines).toFixed(1)} %`
  print(
    `${files.length} files; ${reachable} of ${lines} shipped lines (${share}) are reachable from ${entries.join(', ')}`,
  )
  if (reachable >= lines * LEAST_REACHABLE) return
  throw new RetrievalError(
    'internal',
    `less than ${100 * LEAST_REACHABLE} % of the shipped lines are reachable: leave the files above out of the package, or delete dist/ and compile again if their sources are gone`,
  )
}
