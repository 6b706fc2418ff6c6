/** MiniSearch: BM25+ over title and text, as it comes (OR), and with the title boost and the fuzzy and prefix search of its README. */
import MiniSearch from 'minisearch'

const VARIANTS = [
  { name: 'MiniSearch', searchOptions: {} },
  { name: 'MiniSearch, title boosted by 2', searchOptions: { boost: { title: 2 } } },
  { name: 'MiniSearch, fuzzy 0.2 and prefix', searchOptions: { fuzzy: 0.2, prefix: true } },
]

export function minisearchSystems({ documents }) {
  const index = new MiniSearch({ fields: ['title', 'text'] })
  index.addAll(documents.map(({ id, title, text }) => ({ id, title, text })))
  return VARIANTS.map(({ name, searchOptions }) => ({
    name,
    rank: ({ text }) => index.search(text, searchOptions).map(({ id }) => id),
  }))
}
