/** `nss-copilot build`: builds an index from a folder of guides, embedding only what changed. */
import { parseConfig } from '../../start/config.ts'
import { packagePath } from '../../start/package-folder.ts'
import { createProgress } from '../../start/progress.ts'
import { EXIT } from './exit-codes.ts'
import type { AddCommands } from './run-program.ts'
import { print, type Terminal } from './terminal.ts'

type BuildCommandOptions = {
  readonly corpus?: string
  readonly index?: string
  readonly fresh: boolean
  readonly json: boolean
}

export const addBuild: AddCommands = (program, { terminal, finish }) => {
  program
    .command('build')
    .description('build the index from guides, embedding only what changed')
    .option('--corpus <folder>', "folder with en/, es/ and sources.yaml (the package's own)")
    .option('--index <folder>', 'folder to write (INDEX_DIR)')
    .option('--fresh', 'parse, chunk and embed everything again', false)
    .option('--json', 'print the summary as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ nss-copilot build --corpus my-guides --index my-index
  $ INDEX_DIR=my-index nss-copilot serve

If a guide is invalid, the error names file, field and line, and the index on disk is not changed.`,
    )
    .action(async (options: BuildCommandOptions) => {
      finish(await runBuild(options, terminal))
    })
}

async function runBuild(options: BuildCommandOptions, terminal: Terminal): Promise<number> {
  const config = parseConfig(terminal.env)
  const indexDir = options.index ?? config.INDEX_DIR
  const began = performance.now()
  const progress = createProgress()
  const { buildAndWrite, cacheDirOf } = await import('../../start/build.ts')
  const result = await buildAndWrite({
    corpusDir: options.corpus ?? packagePath('corpus'),
    indexDir,
    modelDir: config.MODEL_DIR,
    cacheDir: cacheDirOf(indexDir),
    onProgress: (done, total) => progress('embedding', done, total),
    reuse: !options.fresh,
  })
  for (const warning of result.warnings) print(terminal.stderr, `warning: ${warning}`)
  const { guides, passages, manifest } = result.content
  const seconds = Math.round((performance.now() - began) / 100) / 10
  const summary = {
    guides: guides.length,
    unchangedGuides: result.reusedGuides,
    passages: passages.length,
    embedded: result.embedded,
    index: { id: manifest.id, dir: indexDir },
    seconds,
  }
  print(
    terminal.stdout,
    options.json
      ? JSON.stringify(summary, null, 2)
      : `${guides.length} guides (${result.reusedGuides} unchanged), ${passages.length} passages (${result.embedded} embedded), ${manifest.id.slice(0, 19)} in ${indexDir}, ${seconds.toFixed(1)} s`,
  )
  return EXIT.ok
}
