/** Is a question English, Spanish or both? Decided by function words, everyday words, letters and the shapes of words that only one of them has. */
import { stopwords as english } from '@orama/stopwords/english'
import { stopwords as spanish } from '@orama/stopwords/spanish'
import type { QuestionLanguage } from '../core/language.ts'
import { fold } from './fold.ts'
import { BORROWED, EVERYDAY_EN, EVERYDAY_ES, NAMES, SHARED } from './language-words.ts'

const wordsOf = (list: readonly string[]) =>
  new Set(
    list
      .flatMap((word) => fold(word).split(/[^a-z]+/))
      .filter((word) => word.length > 1 && !SHARED.has(word) && !NAMES.has(word)),
  )

const ENGLISH = wordsOf([...english, ...EVERYDAY_EN])
const SPANISH = wordsOf([...spanish, ...EVERYDAY_ES])

const SPANISH_LETTERS = /[ñ¿¡áéíóúü]/i
const SPANISH_ENDING =
  /(?:cion|ciones|idad|mente|ando|iendo|ero|eros|ado|ados|ada|ito|itos|encia|ar|ir|os|as)$/
const ENGLISH_ENDING = /(?:tion|ing|ment|ness|ship|ould|ght|ty|ly|ed|th|ck|ents|ance)$/
/** Spellings that Spanish does not have: k and w, consonants doubled, y as a vowel, and final consonants. */
const ENGLISH_SPELLING =
  /[kw]|bb|dd|ff|gg|mm|pp|ss|tt|zz|ee|oo|sh|th|ph|[^aeiou]y[^aeiou]|[bcfgkmptvx]$/
/** Keys hit at random: no vowel, q without u, or four consonants before the last letters. */
const NO_WORD = /^[^aeiouy]+$|q(?!u)|[^aeiouy]{5}/

/** An ending, a spelling or a borrowed word is weaker evidence than a word. */
const WEAK_WEIGHT = 0.4
/** Few English words end so, but names and brands do. */
const OPEN_ENDING_WEIGHT = 0.3
const LETTER_WEIGHT = 1
/** Both languages speak when the weaker one says at least this much in words and letters, and this share of all that the stronger one says. */
const MIXED_EVIDENCE = 0.9
const MIXED_SHARE = 0.2

/** `sure`: what words and letters say; `weak`: what only looks so. */
type Evidence = { sure: number; weak: number }

export function detectLanguage(text: string): QuestionLanguage {
  const en: Evidence = { sure: 0, weak: 0 }
  const es: Evidence = { sure: 0, weak: 0 }
  const raws = text.split(/[^\p{L}\p{M}]+/u).filter((raw) => raw !== '')
  const words = raws.map(fold)
  for (const [i, word] of words.entries()) {
    if (SPANISH_LETTERS.test(raws[i] ?? '')) es.sure += LETTER_WEIGHT / 2
    if (NAMES.has(word)) continue
    const inEnglish = ENGLISH.has(word)
    const inSpanish = SPANISH.has(word)
    if (BORROWED.has(word) || joinsNames(words, i)) (inEnglish ? en : es).weak += WEAK_WEIGHT
    else if (inEnglish !== inSpanish) (inEnglish ? en : es).sure += 1
    else if (!inEnglish) addShape(word, en, es)
  }
  if (/[¿¡]/.test(text)) es.sure += LETTER_WEIGHT
  return decide(en, es)
}

/** "credencial de salud" is a name: its "de" says no more than the name does. */
function joinsNames(words: readonly string[], i: number): boolean {
  const isName = (word = '') => NAMES.has(word) || BORROWED.has(word)
  return /^(?:de|del)$/.test(words[i] ?? '') && isName(words[i - 1]) && isName(words[i + 1])
}

/** What a word's spelling says that no list has. */
function addShape(word: string, en: Evidence, es: Evidence): void {
  if (word.length <= 4 || NO_WORD.test(word) || SHARED.has(word)) return
  if (ENGLISH_ENDING.test(word)) en.weak += WEAK_WEIGHT
  else if (SPANISH_ENDING.test(word)) es.weak += WEAK_WEIGHT
  else if (ENGLISH_SPELLING.test(word)) en.weak += WEAK_WEIGHT
  else if (/[ao]$/.test(word)) es.weak += OPEN_ENDING_WEIGHT
}

function decide(en: Evidence, es: Evidence): QuestionLanguage {
  const [ofEn, ofEs] = [en.sure + en.weak, es.sure + es.weak]
  if (ofEn === 0 && ofEs === 0) return 'unknown'
  const weaker = (ofEn < ofEs ? en : es).sure
  if (weaker >= MIXED_EVIDENCE && weaker / Math.max(ofEn, ofEs) >= MIXED_SHARE) return 'mixed'
  return ofEn >= ofEs ? 'en' : 'es'
}
