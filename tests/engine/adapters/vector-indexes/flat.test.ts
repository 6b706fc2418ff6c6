import { createFlatIndex } from '../../../../src/engine/adapters/vector-indexes/flat.ts'
import { testVectorIndex } from '../../../contracts/vector-index.ts'

testVectorIndex({
  name: 'flat',
  create: createFlatIndex,
  reload(table) {
    const bytes = new Uint8Array(table.data.slice().buffer)
    return createFlatIndex({ ...table, data: new Float32Array(bytes.slice().buffer) })
  },
})
