import { createLangchainSplitter } from '../../../../src/engine/adapters/splitters/langchain.ts'
import { testSplitter } from '../../../contracts/splitter.ts'

testSplitter('langchain', createLangchainSplitter)
