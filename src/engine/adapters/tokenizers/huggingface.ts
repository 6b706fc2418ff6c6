/** Counts model tokens with @huggingface/tokenizers, which the transformers adapter uses too. */
import { Tokenizer } from '@huggingface/tokenizers'
import type { CountTokens } from '../../core/embedder.ts'

/** `tokenizerJson` and `tokenizerConfig` are the parsed files of the model's folder. */
export function createTokenCounter(tokenizerJson: object, tokenizerConfig: object): CountTokens {
  const tokenizer = new Tokenizer(tokenizerJson, tokenizerConfig)
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length
}
