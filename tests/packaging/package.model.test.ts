/** The packed package, installed in an empty project elsewhere: its bin, its imports, its types. */
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFolder, writeCorpus } from '../fixtures/built-index.ts'
import { expectCompiled, ROOT, runBin } from '../fixtures/compiled.ts'
import { changedCorpus, sampleCorpus } from '../fixtures/corpus.ts'

const run = promisify(execFile)
const project = makeFolder()
const installed = join(project.path, 'node_modules/nss-copilot')
const bin = join(installed, 'dist/src/doors/cli/main.js')
let files: string[]

/** As npm installs it, with the packages that are here already instead of downloads. */
beforeAll(async () => {
  expectCompiled()
  const packed = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', project.path],
    { cwd: ROOT, maxBuffer: 2 ** 24 },
  )
  const [{ filename, files: listed }] = JSON.parse(packed.stdout)
  files = listed.map((file: { path: string }) => file.path)
  await run('tar', ['xzf', filename], { cwd: project.path })
  mkdirSync(join(project.path, 'node_modules'))
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    symlinkSync(join(ROOT, 'node_modules', name), join(project.path, 'node_modules', name))
  renameSync(join(project.path, 'package'), installed)
  writeFileSync(join(project.path, 'package.json'), '{"type":"module","private":true}')
})
afterAll(project.remove)

/** The program in README's section, as it is printed there. */
function readmeExample(): string {
  const readme = readFileSync(join(installed, 'README.md'), 'utf8')
  const [, program] = /^## In your own program$[\s\S]*?^```js\n([\s\S]*?)^```$/m.exec(readme) ?? []
  if (!program) throw new Error('README.md has no program under "In your own program"')
  return program
}

describe('the packed package', () => {
  it('contains code, guides, index and model, but no development tools', () => {
    for (const needed of [
      'dist/src/doors/cli/main.js',
      'dist/src/doors/client/entry.js',
      'dist/src/doors/client/entry.d.ts',
      'dist/src/start/root-entry.js',
      'dist/src/start/root-entry.d.ts',
      'dist/src/start/embedding-worker.js',
      'index/manifest.json',
      'models/multilingual-e5-small-en-es/onnx/model_quantized.onnx',
      'corpus/sources.yaml',
      'corpus/en/nss.md',
      'eval/answerability.json',
      'README.md',
      'LICENSE',
    ])
      expect(files).toContain(needed)
    const folders = new Set(files.map((path) => path.split('/')[0]))
    expect([...folders].sort()).toEqual([
      'LICENSE',
      'README.md',
      'corpus',
      'dist',
      'eval',
      'index',
      'models',
      'package.json',
    ])
    expect(files.filter((path) => path.startsWith('eval/'))).toEqual(['eval/answerability.json'])
    expect(files.filter((path) => /test|\.tsbuildinfo$|\/scripts\//.test(path))).toEqual([])
  })

  it('answers from any folder with its own index and model', async () => {
    const empty = makeFolder()
    try {
      const question = ['query', 'whats the imss phone', '--limit', '1', '--json']
      const { code, stdout, stderr } = await runBin(question, { bin, cwd: empty.path })
      expect(stderr).toBe('')
      const answer = JSON.parse(stdout)
      expect(answer).toMatchObject({ mode: 'hybrid', degraded: false })
      expect(answer.passages[0].text).toContain('800 623 2323')
      expect(code).toBe(0)
      expect(readdirSync(empty.path)).toEqual([])
    } finally {
      empty.remove()
    }
  })

  it('rebuilds its own guides without embedding unchanged passages', async () => {
    const { code, stdout } = await runBin(['build', '--json'], { bin, cwd: project.path })
    expect(code).toBe(0)
    const shipped = JSON.parse(readFileSync(join(ROOT, 'index/manifest.json'), 'utf8'))
    expect(JSON.parse(stdout)).toMatchObject({ embedded: 0, index: { id: shipped.id } })
  })

  it('indexes a folder of guides and answers from it, as README shows', async () => {
    writeCorpus(join(project.path, 'guides'), sampleCorpus())
    writeFileSync(join(project.path, 'example.js'), readmeExample())
    const start = () => run(process.execPath, ['example.js'], { cwd: project.path })
    const { stdout, stderr } = await start()
    expect(stderr).toBe('')
    expect(stdout).toContain('Register every hive at the counter with a photograph')
    expect(stdout).toMatch(/ http:\/\/127\.0\.0\.1:8787\/guides\/hive\?lang=en#register\n/)
    expect(stdout).toMatch(/\nfound\n$/)

    const built = readFileSync(join(project.path, 'my-index/manifest.json'), 'utf8')
    writeCorpus(join(project.path, 'guides'), changedCorpus())
    expect((await start()).stdout).toContain('says the changed rule of this year')
    expect(readFileSync(join(project.path, 'my-index/manifest.json'), 'utf8')).not.toBe(built)
  })

  it('is imported as a client and as LangChain, in process', async () => {
    const script = `
      const { createClient, RetrievalError } = await import('nss-copilot/client')
      const { loadNssCopilot, NssCopilotRetriever } = await import('nss-copilot/langchain')
      const { BaseRetriever } = await import('@langchain/core/retrievers')
      const copilot = await loadNssCopilot()
      const retriever = copilot.asRetriever({ k: 1 })
      const [document] = await retriever.invoke('whats the imss phone')
      await copilot.close()
      const failed = await createClient({ baseUrl: 'http://127.0.0.1:1' }).health().catch((error) => error)
      console.log(JSON.stringify({
        text: document.pageContent,
        isRetriever: retriever instanceof BaseRetriever && retriever instanceof NssCopilotRetriever,
        code: failed instanceof RetrievalError && failed.code,
      }))`
    writeFileSync(join(project.path, 'script.js'), script)
    const { stdout } = await run(process.execPath, ['script.js'], { cwd: project.path })
    expect(JSON.parse(stdout)).toMatchObject({
      text: expect.stringContaining('800 623 2323'),
      isRetriever: true,
      code: 'unreachable',
    })
  })

  it('cannot be imported by paths that it does not export', async () => {
    const attempt = (name: string) =>
      run(process.execPath, ['-e', `import('${name}').catch((e) => console.log(e.code))`], {
        cwd: project.path,
      })
    for (const path of ['dist/src/doors/http/app.js', 'engine'])
      expect((await attempt(`nss-copilot/${path}`)).stdout.trim()).toBe(
        'ERR_PACKAGE_PATH_NOT_EXPORTED',
      )
  })

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('has types for module %s, resolution %s', async (module, moduleResolution) => {
    copyFileSync(join(ROOT, 'tests/packaging/consumer.txt'), join(project.path, 'consumer.ts'))
    writeFileSync(join(project.path, 'example.ts'), readmeExample())
    const config = {
      compilerOptions: {
        module,
        moduleResolution,
        target: 'es2023',
        lib: ['es2023', 'dom'],
        types: [],
        strict: true,
        noEmit: true,
        skipLibCheck: true,
      },
      files: ['consumer.ts', 'example.ts'],
    }
    writeFileSync(join(project.path, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const compiled = run(process.execPath, [tsc, '-p', '.'], { cwd: project.path })
    const problems = await compiled.then(
      ({ stdout }) => stdout,
      (error: { stdout: string }) => error.stdout,
    )
    expect(problems).toBe('')
  })
})
