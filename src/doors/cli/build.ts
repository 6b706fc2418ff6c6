/** `nss-copilot build`: corpus in, index out; embeds only what changed. */
import { buildAndWrite, cacheDirOf } from '../../start/build.ts'
import { parseConfig } from '../../start/config.ts'
import { packagePath } from '../../start/package-folder.ts'
import { createProgress } from '../../start/progress.ts'
import { EXIT } from './exit-codes.ts'
import { print, type Terminal } from './terminal.ts'

export type BuildOptions = {
  readonly corpus?: string
  readonly index?: string
  readonly fresh: boolean
  readonly json: boolean
}

export async function runBuild(options: BuildOptions, terminal: Terminal): Promise<number> {
  const config = parseConfig(terminal.env)
  const indexDir = options.index ?? config.INDEX_DIR
  const began = performance.now()
  const progress = createProgress('embedding')
  const result = await buildAndWrite({
    corpusDir: options.corpus ?? packagePath('corpus'),
    indexDir,
    modelDir: config.MODEL_DIR,
    cacheDir: cacheDirOf(indexDir),
    onProgress: progress.update,
    reuse: !options.fresh,
  }).finally(progress.stop)
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
