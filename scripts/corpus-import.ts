/** `npm run corpus:import -- page.html|page.md [--id x] [--language en] [--out DIR]`: turns a saved page into a draft guide. */
import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { RetrievalError } from '../src/engine/core/errors.ts'
import { languageSchema } from '../src/engine/core/language.ts'
import { parseSources } from '../src/engine/guides/corpus.ts'
import { importGuide } from '../workshop/import/import.ts'
import { runScript } from './run.ts'

const USAGE = 'npm run corpus:import -- page.html|page.md [--id x] [--language en] [--out DIR]'
const SOURCES = join('corpus', 'sources.yaml')
const FORMATS: Record<string, 'html' | 'markdown'> = {
  '.html': 'html',
  '.htm': 'html',
  '.xhtml': 'html',
  '.md': 'markdown',
  '.markdown': 'markdown',
}

await runScript(async () => {
  const { values, positionals } = readArguments()
  const [path] = positionals
  const format = FORMATS[extname(path ?? '').toLowerCase()]
  if (path === undefined || positionals.length !== 1 || format === undefined)
    throw new RetrievalError('invalid_request', `give one saved page, .html or .md: ${USAGE}`)
  const language = languageSchema.optional().safeParse(values.language)
  if (!language.success)
    throw new RetrievalError('invalid_request', `--language ${values.language}: give en or es`)
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new RetrievalError('file_missing', `${path} cannot be read: check the path`, { cause })
  })
  const listed = await readFile(SOURCES, 'utf8').catch(() => undefined)
  const known = listed === undefined ? undefined : parseSources({ path: SOURCES, content: listed })
  const draft = importGuide(content, { format, id: values.id, language: language.data, known })
  const folder = values.out ?? join('drafts', draft.language)
  const target = join(folder, `${draft.id}.md`)
  await mkdir(folder, { recursive: true })
  await writeFile(target, draft.content, { flag: 'wx' }).catch(async (cause: unknown) => {
    const exists = await access(target).then(
      () => true,
      () => false,
    )
    const message = exists
      ? `${target} already exists and is not overwritten: give another --id or --out, or move the file away`
      : `${target} cannot be written: check the folder`
    throw new RetrievalError('invalid_request', message, { cause })
  })
  console.log(`draft: ${target}`)
  if (draft.sourceEntries !== '')
    console.log(`\ncomplete these entries and add them to ${SOURCES}:\n\n${draft.sourceEntries}`)
  if (draft.notPlaced.length === 0) return
  console.error(`not placed (${draft.notPlaced.length}):`)
  for (const line of draft.notPlaced) console.error(`- ${line}`)
})

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { id: { type: 'string' }, language: { type: 'string' }, out: { type: 'string' } },
    })
  } catch (cause) {
    throw new RetrievalError('invalid_request', `unknown option: ${USAGE}`, { cause })
  }
}
