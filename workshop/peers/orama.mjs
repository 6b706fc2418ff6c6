/** Orama: full text with the stemmer of the documents' language and stop words, and hybrid with the bundled model's vectors. */
import { create, insertMultiple, search } from '@orama/orama'
import { stemmer as englishStemmer } from '@orama/stemmers/english'
import { stemmer as spanishStemmer } from '@orama/stemmers/spanish'
import { stopwords as englishStopWords } from '@orama/stopwords/english'
import { stopwords as spanishStopWords } from '@orama/stopwords/spanish'

/** Questions come in both languages; without both lists its prefix search lets "a" or "de" match nearly every text. */
const stopWords = [...englishStopWords, ...spanishStopWords]

const TOKENIZERS = {
  en: { language: 'english', stemmer: englishStemmer, stopWords },
  es: { language: 'spanish', stemmer: spanishStemmer, stopWords },
}

const hybrid = ({ vector }) => ({
  mode: 'hybrid',
  vector: { value: Array.from(vector), property: 'vector' },
})

const VARIANTS = [
  { name: 'Orama, full text', toParams: () => ({}) },
  // By default vectors below a cosine of 0.8 are left out.
  { name: 'Orama, hybrid', toParams: hybrid },
  {
    name: 'Orama, hybrid, similarity 0',
    toParams: (query) => ({ ...hybrid(query), similarity: 0 }),
  },
  {
    name: 'Orama, vectors only, similarity 0',
    toParams: (query) => ({ ...hybrid(query), mode: 'vector', similarity: 0 }),
  },
]

export async function oramaSystems({ documents, language, dimensions }) {
  const db = create({
    schema: { title: 'string', text: 'string', vector: `vector[${dimensions}]` },
    components: { tokenizer: { ...TOKENIZERS[language], stemming: true } },
  })
  const records = documents.map(({ id, title, text, vector }) => ({
    id,
    title,
    text,
    vector: Array.from(vector),
  }))
  await insertMultiple(db, records)
  return VARIANTS.map(({ name, toParams }) => ({
    name,
    async rank(query) {
      const params = { term: query.text, properties: ['title', 'text'], limit: 10 }
      const { hits } = await search(db, { ...params, ...toParams(query) })
      return hits.map(({ id }) => id)
    },
  }))
}
