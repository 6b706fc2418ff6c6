import { createFlatIndex } from '../../../../src/engine/adapters/vector-indexes/flat.ts'
import { testVectorIndex } from '../../../contracts/vector-index.ts'

testVectorIndex({
  name: 'flat',
  create: createFlatIndex,
  reload(input) {
    const bytes = new Uint8Array(input.data.slice().buffer)
    return createFlatIndex({ ...input, data: new Float32Array(bytes.slice().buffer) })
  },
})
