/** Which packages may run code while npm installs them. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const { allowScripts } = read('package.json')
const { packages } = read('package-lock.json')

/** npm runs these scripts when it installs from the lock file, so it reports every one that is not reviewed. */
const withScripts = Object.entries<{ hasInstallScript?: boolean }>(packages)
  .filter(([, entry]) => entry.hasInstallScript)
  .map(([path]) => path.replace(/^.*node_modules\//, ''))

describe('install scripts', () => {
  it('are allowed or denied in package.json, so that npm 11 does not ask', () => {
    for (const name of withScripts) expect(Object.keys(allowScripts)).toContain(name)
  })

  // It would download the CUDA libraries, several hundred MB that nothing here uses, and fail without a network.
  it('of the ONNX runtime do not run: npm 11 reads allowScripts, npm 10 the lock file', () => {
    expect(allowScripts['onnxruntime-node']).toBe(false)
    expect(
      withScripts,
      'remove "hasInstallScript" from node_modules/onnxruntime-node in package-lock.json: an npm command has put it back',
    ).not.toContain('onnxruntime-node')
  })

  it('need no setting in .npmrc that npm does not know', () => {
    const keys = readFileSync('.npmrc', 'utf8').match(/^[^#\s=]+/gm)
    expect(keys).toEqual(['omit-lockfile-registry-resolved'])
  })
})
