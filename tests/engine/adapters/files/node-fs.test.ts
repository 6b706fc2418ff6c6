import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createNodeFiles } from '../../../../src/engine/adapters/files/node-fs.ts'
import { testFiles } from '../../../contracts/files.ts'
import { temporaryFolder } from '../../../fixtures/built-index.ts'

testFiles({
  name: 'node-fs',
  create() {
    const root = temporaryFolder()
    return { first: createNodeFiles(root), second: createNodeFiles(root) }
  },
})

it('takes absolute paths as they are', async () => {
  const [root, elsewhere] = [temporaryFolder(), temporaryFolder()]
  await createNodeFiles(root).write(join(elsewhere, 'a'), 'x')
  expect(await createNodeFiles(elsewhere).readText('a')).toBe('x')
})
