/** English. */
import { stemmer } from '@orama/stemmers/english'
import { fold } from '../../core/fold.ts'
import { ALIASES } from '../aliases.ts'
import { lowerFirst } from '../lower-first.ts'
import type { LanguageProfile } from '../profile.ts'
import { ENGLISH_LABELS } from './labels.ts'
import { ENGLISH_LINT } from './lint.ts'
import { ENGLISH_STOP_WORDS, ENGLISH_WORDS } from './words.ts'

export const ENGLISH: LanguageProfile = {
  code: 'en',
  name: 'English',
  nameIn: { en: 'English', es: 'inglés' },
  locale: 'en-GB',
  analysis: {
    stem: (word) => fold(stemmer(word)),
    stopWords: ENGLISH_STOP_WORDS,
    aliases: ALIASES,
  },
  detection: {
    words: ENGLISH_WORDS,
    sharedWords: [],
    borrowedWords: [],
    nameParticles: [],
    endings: /(?:tion|ing|ment|ness|ship|ould|ght|ty|ly|ed|th|ck|ents|ance)$/,
    // What Spanish words do not have: k and w, doubled consonants, y as a vowel, and these final consonants.
    spellings: /[kw]|bb|dd|ff|gg|mm|pp|ss|tt|zz|ee|oo|sh|th|ph|[^aeiou]y[^aeiou]|[bcfgkmptvx]$/,
  },
  sentences: {
    abbreviations: [
      ...['art', 'arts', 'p', 'pp', 'vs', 'etc', 'e.g', 'i.e', 'a.m', 'p.m'],
      ...['mr', 'mrs', 'ms', 'dr', 'st', 'esq', 'inc', 'int', 'ext', 'tel'],
      ...['jan', 'feb', 'mar', 'apr', 'aug', 'sep', 'sept', 'oct', 'nov', 'dec'],
    ],
    numberSigns: ['no', 'nos'],
  },
  paths: {
    inLanguage: (name) => ` (in ${name})`,
    helps: (text) => `It helps you ${lowerFirst(text)}`,
    onward: (from, to) => `After ${from}, read ${to}.`,
    planning: (to) => `${to} shows where this guide fits among all the steps.`,
  },
  verification: {
    negations: ['no', 'not', 'nor', 'non', 'never'],
    reversingPrefixes: ['un', 'in', 'im', 'il', 'ir', 'non', 'dis', 'mis', 'anti'],
    reversingSuffixes: ["n't", 'not', 'less'],
  },
  labels: ENGLISH_LABELS,
  lint: ENGLISH_LINT,
}
