/** Is a question English, Spanish or both? Decided by function words, letters and endings that only one of them has. */
import { stopwords as english } from '@orama/stopwords/english'
import { stopwords as spanish } from '@orama/stopwords/spanish'
import type { QuestionLanguage } from '../core/language.ts'
import { fold } from './fold.ts'

/** Single letters and words that both languages write tell nothing. */
const SHARED = new Set(
  'a e i o u y no me he has son sin more once does are ten fin final general total real solo as an am so us doctor'.split(
    ' ',
  ),
)

/** Words people ask with in this field that no stop list holds. */
const FIELD_EN =
  'need get apply number office hours phone card birth certificate cost price free online without work worker pay lost wrong renew register where form marriage health insurance student employer foreigner address name change long take year old is whats requirements required appointment clinic translation resident temporary permanent pension savings weeks check my hi says said know moved'
const FIELD_ES =
  'necesito sacar tramite tramitar numero oficina horario telefono medico tarjeta acta nacimiento costo precio gratis linea trabajo trabajador pagar perdi mal renovar registrar registro donde formato matrimonio salud seguro estudiante patron extranjero extranjera domicilio nombre cambiar cambio tarda vieja requisitos documentos documento cita clinica traduccion residente permanente semanas consultar corregir dar alta derechohabiente puedo cuesta cuanto sirve tengo deja llevo entiendo'

/** Words that people take over into the other language: weaker evidence of their own. */
const BORROWED = new Set('tramite acta cita clinica patron online'.split(' '))

const wordsOf = (list: readonly string[]) =>
  new Set(
    list
      .flatMap((word) => fold(word).split(/[^a-z]+/))
      .filter((word) => word.length > 1 && !SHARED.has(word)),
  )

const ENGLISH = wordsOf([...english, ...FIELD_EN.split(' ')])
const SPANISH = wordsOf([...spanish, ...FIELD_ES.split(' ')])

const SPANISH_LETTERS = /[ñ¿¡áéíóúü]/i
const SPANISH_ENDING =
  /(?:cion|ciones|idad|mente|ando|iendo|ero|eros|ado|ados|ada|ito|itos|encia|ar|er|ir|os|as)$/
const ENGLISH_ENDING = /(?:tion|ing|ment|ness|ship|ould|ght|ty|ly|ed|th|ck|ents|ance)$/

/** An ending or a borrowed word is weaker evidence than a word. */
const WEAK_WEIGHT = 0.4
const LETTER_WEIGHT = 1
/** Both languages speak when the weaker one has at least this much evidence and this share of the stronger one's. */
const MIXED_EVIDENCE = 0.9
const MIXED_SHARE = 0.2

export function detectLanguage(text: string): QuestionLanguage {
  let en = 0
  let es = 0
  for (const raw of text.split(/[^\p{L}\p{M}]+/u)) {
    const word = fold(raw)
    if (word === '') continue
    const inEnglish = ENGLISH.has(word)
    const inSpanish = SPANISH.has(word)
    const weight = BORROWED.has(word) ? WEAK_WEIGHT : 1
    if (inEnglish && !inSpanish) en += weight
    else if (inSpanish && !inEnglish) es += weight
    else if (!inEnglish && word.length > 4) {
      if (ENGLISH_ENDING.test(word)) en += WEAK_WEIGHT
      else if (SPANISH_ENDING.test(word)) es += WEAK_WEIGHT
    }
    if (SPANISH_LETTERS.test(raw)) es += LETTER_WEIGHT / 2
  }
  if (/[¿¡]/.test(text)) es += LETTER_WEIGHT
  if (en === 0 && es === 0) return 'unknown'
  const weaker = Math.min(en, es)
  if (weaker >= MIXED_EVIDENCE && weaker / Math.max(en, es) >= MIXED_SHARE) return 'mixed'
  return en >= es ? 'en' : 'es'
}
