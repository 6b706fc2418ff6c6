/** Stop words of both languages from @orama/stopwords, less the words that carry meaning in this field. */
import { stopwords as english } from '@orama/stopwords/english'
import { stopwords as spanish } from '@orama/stopwords/spanish'
import { fold } from './fold.ts'

/**
 * The Spanish list holds content words: people ask for hours, work, time and accounts. Numbers and the ordinals stay
 * stop words, since the guides write figures as digits.
 */
const KEPT = new Set(
  'hora horas dia dias tiempo trabajo trabaja trabajan trabajar trabajas trabajo empleo emplear empleas cuenta estado estados medio conocer conseguir primera primer valor verdad general pais ejemplo total menor mayor usar uso lugar fin final realizar'.split(
    ' ',
  ),
)

/** Words that people put around a question and that no passage answers. */
const EXTRA =
  'whats hows wheres im ive dont doesnt didnt cant isnt arent please hi hello hola favor gracias thanks etc'

/** Folded stop words of both languages: a question may mix them, and either is noise in the other's text. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [...english, ...spanish, ...EXTRA.split(' ')]
    .flatMap((word) => fold(word).split(/[^a-z0-9]+/))
    .filter((word) => word !== '' && !KEPT.has(word)),
)
