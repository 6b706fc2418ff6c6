import { createHashingEmbedder } from '../../../../src/engine/adapters/embedders/hashing.ts'
import { testEmbedder } from '../../../contracts/embedder.ts'

testEmbedder({ name: 'hashing', open: async () => createHashingEmbedder() })
