import { openModelFolder } from '../../../../src/start/model-folder.ts'
import { testEmbedder } from '../../../contracts/embedder.ts'
import { MODEL_DIR } from '../../../fixtures/model.ts'

testEmbedder({
  name: 'transformers',
  open: async () => (await openModelFolder(MODEL_DIR)).open(2),
})
