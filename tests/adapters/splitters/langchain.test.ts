import { createLangchainSplitter } from '../../../src/adapters/splitters/langchain.ts'
import { testSplitter } from '../../contracts/splitter.ts'

testSplitter('langchain', createLangchainSplitter)
