import { createHashingEmbedder } from '../../../src/adapters/embedders/hashing.ts'
import { testEmbedder } from '../../contracts/embedder.ts'

testEmbedder({ name: 'hashing', open: async () => createHashingEmbedder() })
