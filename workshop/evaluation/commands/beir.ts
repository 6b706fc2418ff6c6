/** `npm run eval:beir`: trec_eval measures of the service's ranking, or of its parts, on BEIR folders. */
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { EXIT } from '../../../src/doors/cli/exit-codes.ts'
import type { AddCommands } from '../../../src/doors/cli/run-program.ts'
import { print, type Terminal } from '../../../src/doors/cli/terminal.ts'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import type { Embedder } from '../../../src/engine/core/embedder.ts'
import { validate } from '../../../src/engine/core/input.ts'
import { parseConfig } from '../../../src/start/config.ts'
import { createEmbeddingPool } from '../../../src/start/embedding-pool.ts'
import { openModelFolder } from '../../../src/start/model-folder.ts'
import { createProgress } from '../../../src/start/progress.ts'
import { BEIR_SYSTEMS, rankBeirFolder } from '../asking/beir-ranking.ts'
import { createRandom } from '../random.ts'
import { SPLITS } from '../split.ts'
import { SUMMARY_COLUMNS, summarize } from '../summary.ts'
import { formatRun, separateTies } from '../trec.ts'
import { EXIT_CODES, embeddingCacheDir } from './question-folder.ts'

const optionsSchema = z
  .strictObject({
    system: z.enum(BEIR_SYSTEMS).default('hybrid'),
    split: z.enum(SPLITS).default('all'),
    run: z.string().min(1).optional(),
    chunk: z.boolean().default(false),
    dirs: z.array(z.string()).min(1, 'name one or more BEIR folders'),
  })
  .refine(({ run, dirs }) => run === undefined || dirs.length === 1, {
    message: 'a run file holds the run of one folder, since query ids repeat between sets',
    path: ['run'],
  })

type BeirCommandOptions = z.infer<typeof optionsSchema>

/** Throws `invalid_request` naming the option that is wrong. */
export function parseBeirOptions(given: unknown): BeirCommandOptions {
  return validate(optionsSchema, given)
}

export const addBeir: AddCommands = (program, { terminal, finish }) => {
  program
    .command('beir')
    .description('measure the ranking of the service on BEIR folders: nDCG@10 and more')
    .argument('<folders...>', 'folders with corpus.jsonl, queries.jsonl and qrels/')
    .option('--system <name>', 'hybrid, dense, lexical or rrf (hybrid)')
    .option('--split <name>', 'dev, test or all of the queries (all)')
    .option('--run <file>', 'write the rankings of one folder as a TREC run')
    .option('--chunk', 'cut documents into passages first', false)
    .addHelpText(
      'after',
      `
Examples:
  $ npm run eval:beir -- my-dataset
  $ npm run eval:beir -- one two --system lexical --split test

${EXIT_CODES}`,
    )
    .action(async (dirs: string[], given: object) => {
      await runBeir(parseBeirOptions({ ...given, dirs }), terminal)
      finish(EXIT.ok)
    })
}

/** Seed of the bootstrap. */
const SEED = 1

async function runBeir(
  { dirs, system, split, run: runFile, chunk }: BeirCommandOptions,
  { env, stdout, stderr }: Terminal,
): Promise<void> {
  const folder = await openModelFolder(parseConfig(env).MODEL_DIR)
  const onProgress = createProgress(stderr)
  const cacheDir = embeddingCacheDir()
  let pool: Embedder | undefined
  const openEmbedder = async () => {
    await folder.verify()
    pool ??= await createEmbeddingPool(folder, { sessions: availableParallelism() })
    return pool
  }
  try {
    const columns = ['set', 'documents', 'passages', 'queries', 'system', ...SUMMARY_COLUMNS]
    print(stdout, columns.join(' | '))
    for (const dir of dirs) {
      const options = { system, split, chunk, folder, cacheDir, openEmbedder, onProgress }
      const { name, set, passages, rankings } = await rankBeirFolder(dir, options)
      const ranked = new Map([...rankings].map(([id, hits]) => [id, hits.map((hit) => hit.id)]))
      const queries = split === 'all' ? set.queries.length : `${set.queries.length} (${split})`
      const cells = summarize(ranked, set.qrels, { random: createRandom(SEED) })
      print(stdout, [name, set.documents.length, passages, queries, system, ...cells].join(' | '))
      if (runFile === undefined) continue
      const run = new Map([...rankings].map(([id, hits]) => [id, separateTies(hits)]))
      await createNodeFiles().write(runFile, formatRun(run, `nss-copilot-${system}`))
      print(stderr, `${runFile}: the run of ${name}`)
    }
  } finally {
    await pool?.close()
  }
}
