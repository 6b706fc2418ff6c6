/** Spanish, as Mexico writes it. */
import { stemmer } from '@orama/stemmers/spanish'
import { fold } from '../../core/fold.ts'
import { ALIASES } from '../aliases.ts'
import { lowerFirst } from '../lower-first.ts'
import type { LanguageProfile } from '../profile.ts'
import { SPANISH_LABELS } from './labels.ts'
import { SPANISH_LINT } from './lint.ts'
import {
  SPANISH_BORROWED_WORDS,
  SPANISH_SHARED_WORDS,
  SPANISH_STOP_WORDS,
  SPANISH_WORDS,
} from './words.ts'

export const SPANISH: LanguageProfile = {
  code: 'es',
  name: 'Español',
  nameIn: { en: 'Spanish', es: 'español' },
  locale: 'es-MX',
  analysis: {
    stem: stemFoldedWord,
    stopWords: SPANISH_STOP_WORDS,
    aliases: ALIASES,
  },
  detection: {
    words: SPANISH_WORDS,
    sharedWords: SPANISH_SHARED_WORDS,
    borrowedWords: SPANISH_BORROWED_WORDS,
    nameParticles: ['de', 'del'],
    letters: /[ñ¿¡áéíóúü]/i,
    punctuation: /[¿¡]/,
    endings:
      /(?:cion|ciones|idad|mente|ando|iendo|ero|eros|ado|ados|ada|ito|itos|encia|ar|ir|os|as)$/,
    // Few English words end in a or o, but names and brands do.
    vagueEndings: /[ao]$/,
  },
  sentences: {
    abbreviations: [
      ...['art', 'arts', 'núm', 'núms', 'col', 'av', 'lic', 'dr', 'dra', 'sr', 'sra', 'ing'],
      ...['int', 'ext', 'tel', 'frac', 'fracc', 'p', 'pp', 'vs', 'etc', 'a.m', 'p.m'],
      ...['ee', 'ee. uu', 'ee.uu', 'esq'],
    ],
    numberSigns: ['no', 'nos'],
  },
  paths: {
    inLanguage: (name) => ` (en ${name})`,
    helps: (text) => `Te ayuda a ${lowerFirst(text)}`,
    onward: (from, to) => `Después de ${from}, lee ${to}.`,
    planning: (to) => `${to} muestra qué lugar ocupa esta guía entre todos los pasos.`,
  },
  verification: {
    negations: ['no', 'ni', 'sin', 'nunca'],
    reversingPrefixes: ['in', 'im', 'ir', 'no', 'des', 'dis', 'anti', 'sin'],
    reversingSuffixes: [],
  },
  labels: SPANISH_LABELS,
  lint: SPANISH_LINT,
}

/** Snowball's Spanish suffixes are accented: folded words get their regular accents back before they are stemmed. */
function stemFoldedWord(word: string): string {
  return fold(stemmer(word.replace(/([cstx])ion$/, '$1ión').replace(/logia$/, 'logía')))
}
