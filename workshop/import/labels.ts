/** The labels, in English and Spanish, of a page's quick scan, its sources and their parts. */
import type { FACT_KINDS } from '../../src/engine/core/guide.ts'

type CoreLabel = 'bestFor' | 'helpsYouDo' | 'coreQuestions' | 'officialBodies'
export type ScanField = CoreLabel | 'chips' | 'updated'
type FactKind = (typeof FACT_KINDS)[number]

const CORE: readonly (readonly [CoreLabel, RegExp])[] = [
  [
    'bestFor',
    /^(best for|good for|who (it|this) is for|ideal para|para qui[eé]n( es)?|mejor para|recomendad[oa] para)$/,
  ],
  [
    'helpsYouDo',
    /^((what )?(it|this( guide)?)? ?helps you( to)? do|(en|a) qu[eé] te ayuda|te ayuda a|para qu[eé] (te )?sirve)$/,
  ],
  [
    'coreQuestions',
    /^((core|key|main) questions|questions (it )?answer(s|ed)|preguntas (clave|centrales|principales|b[aá]sicas))$/,
  ],
  [
    'officialBodies',
    /^((official|government) (bodies|body|agenc(y|ies)|offices|institutions)|autoridades|(organismos|instituciones|dependencias) (oficiales|p[uú]blic[oa]s))$/,
  ],
]
const OTHER: readonly (readonly [ScanField, RegExp])[] = [
  ['chips', /^(chips|tags|in short|en breve|etiquetas)$/],
  [
    'updated',
    /^((last )?(updated|reviewed)( on)?|([uú]ltima )?(actualizaci[oó]n|actualizado)( el)?)$/,
  ],
]
/** The first match counts: "does not cost" is a `not` fact, not a `cost`. */
const FACTS: readonly (readonly [FactKind, RegExp])[] = [
  [
    'not',
    /\b(does not|doesn'?t|do not|not (do|cover|give|included)|no (hace|da|cubre|otorga|incluye))\b/,
  ],
  ['phone', /\b(phone|telephone|call|hotline|tel[eé]fono|tel|llama)\b/],
  ['hours', /\b(hours?|schedule|open|opening|horarios?|abierto|atenci[oó]n)\b/],
  ['law', /\b(law|legal|basis|rule|ley|fundamento|norma(tiva)?)\b/],
  ['cost', /\b(costs?|fees?|prices?|costos?|tarifas?|precios?|pago|cuotas?|gratis)\b/],
  [
    'limit',
    /\b(limits?|deadline|valid(ity)?|time|how long|duration|expires|plazos?|vigencia|l[ií]mites?|tiempo|duraci[oó]n|digits|format)\b/,
  ],
  [
    'where',
    /\b(where|address|offices?|place|location|website|d[oó]nde|direcci[oó]n|oficinas?|lugar|sitio)\b/,
  ],
  [
    'need',
    /\b(needs?|needed|documents?|bring|requirements?|required|papers|necesitas?|documentos?|requisitos?|llevar)\b/,
  ],
]

/** A label normalized for comparison: lower case, single spaces, no colon or decoration. */
export function plainLabel(text: string): string {
  return text
    .replace(/^[^\p{L}\p{N}¿]+|[\s:：.*–—-]+$/gu, '')
    .replace(/\s+/g, ' ')
    .toLowerCase()
}

export function scanField(label: string): ScanField | undefined {
  const plain = plainLabel(label).replace(/^[¿¡]|[?!]$/g, '')
  return [...CORE, ...OTHER].find(([, pattern]) => pattern.test(plain))?.[0]
}

export function isCoreLabel(label: string): boolean {
  const plain = plainLabel(label).replace(/^[¿¡]|[?!]$/g, '')
  return CORE.some(([, pattern]) => pattern.test(plain))
}

export function factKind(label: string): FactKind | undefined {
  return FACTS.find(([, pattern]) => pattern.test(plainLabel(label)))?.[0]
}

/** How many of the four core labels of a quick scan occur anywhere in a text. */
export function coreLabelsIn(text: string): number {
  const plain = text.replace(/\s+/g, ' ').toLowerCase()
  return CORE.filter(([, pattern]) => new RegExp(pattern.source.slice(1, -1)).test(plain)).length
}

export function isQuickScanTitle(text: string): boolean {
  return (
    /^((the )?(guide )?quick[- ]?(scan|facts|look|summary)|at a glance|(this )?(guide|page) at a glance|de un vistazo|vista r[aá]pida|resumen r[aá]pido|lectura r[aá]pida)\b/.test(
      plainLabel(text),
    ) && text.length < 60
  )
}

export function isSourcesTitle(text: string): boolean {
  return (
    /^(\d+[.)]? )?((official |main |our |key )?(sources|references)|(fuentes|referencias)( oficiales)?)( (and|y|used|consulted|consultadas|for|de|we|what|qu[eé]|with)\b.*)?$/.test(
      plainLabel(text),
    ) && text.length < 80
  )
}
