/** The data of the lint: words of empty headings, openings that depend on the block before, Spanish words, spellings. */
import type { Language } from '../../src/engine/core/language.ts'

export const MAX_SENTENCE_WORDS = 35
export const MAX_PARAGRAPH_WORDS = 120

/** Words that name no subject: a heading made of nothing else is not findable. */
export const EMPTY_HEADING_WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: words(`
    a an and for in more of on other the this to also about additional background basics comments conclusion
    considerations description details documents extra faq final further general hints important info information
    intro introduction key main misc miscellaneous note notes other others overview points process procedure
    questions reading remarks requirements section start steps summary things tips useful warning warnings`),
  es: words(`
    a al con de del el en la las lo los más otra otras otro otros para por sobre un una y adicional adicionales
    advertencia advertencias aviso avisos comentarios conclusión consejos consideraciones datos descripción
    detalles documentos extra final general generales generalidades importante importantes info información
    introducción misceláneo nota notas observaciones pasos preguntas procedimiento proceso puntos requisitos
    resumen sección trámite útil útiles varios`),
}

/** Openings of blocks that cannot be understood without the block before. Markup before the first word is skipped. */
export const LEANING_OPENINGS: Readonly<Record<Language, readonly RegExp[]>> = {
  en: [
    /^(?:this|that|these|those)(?: (?:also|then|too|however|only|usually|often|alone))? (?:is|are|was|were|has|have|had|does|do|did|can|may|might|must|should|will|would|applies|apply|holds|means|includes|goes|works|happens|makes|gives|takes|needs|requires|depends|covers|counts|costs)\b/i,
    /^(?:it|they|he|she)(?:'s|’s|'re|’re)? (?!(?:is|was)(?: not)? (?:wrong|false|untrue|true|clear|unclear|uncertain|likely|unlikely|possible|safer|better|best) (?:that|to|for|whether)\b|follows (?:from .{1,60} )?that\b)/i,
    /^(?:as|see|like) (?:\w+ )?(?:above|below|before|earlier|mentioned|noted|said|stated|explained|described|shown)\b/i,
    /^(?:the|both of the) (?:latter|former|above|following)\b/i,
    /^the same (?:applies|apply|is|are|holds|goes|rule|rules|thing)\b/i,
    /^(?:also|likewise|similarly|moreover|furthermore|additionally|otherwise|therefore|however|hence|thus|consequently)\b,?/i,
    /^(?:in|for) (?:this|that|such|either|these|those|both) (?:case|cases|event|situation|reason|purpose)s?\b/i,
    /^(?:if|when) (?:so|not|this is|that is|they|it)\b/i,
    /^(?:of|for|to|with|without|after|before|because of) (?:this|that|it|them)(?:,| (?:is|you|also)\b)/i,
  ],
  es: [
    /^(?:esto|eso|ello|aquello)\b/i,
    /^(?:est[ae]s?|estos|es[ae]s?|esos)(?: también| solo| no)? (?:es|son|era|fue|está|están|hay|se|aplica|aplican|vale|valen|sirve|sirven|tiene|tienen|puede|pueden|debe|deben|significa|incluye|cuesta|requiere|último|última|últimos|últimas)(?![\p{L}])/iu,
    /^también (?:es|son|está|están|se|aplica|aplican|vale|valen|sirve|sirven|puede|pueden|debe|deben|hay que|tiene|tienen|incluye|cuenta|cuentan|requiere)\b/i,
    /^(?:como|según|tal como|tal y como) (?:ya )?(?:se )?(?:dijo|dice arriba|mencionó|explicó|vio|indicó|señaló|comentó|lo anterior)(?![\p{L}])/iu,
    /^dich[oa]s?\b/i,
    /^(?:lo|la|el|los|las) (?:anterior|anteriores|mismo|misma|mismos|mismas)(?: (?:aplica|vale|es|son|sucede|pasa|se|ocurre)\b|,|\.)/i,
    /^(?:ver|véase|vea|mira|consulta) (?:más )?(?:abajo|arriba|adelante|antes)\b/i,
    /^(?:él|ella|ellos|ellas)(?![\p{L}])/iu,
    /^(?:además|asimismo|igualmente|de igual forma|por lo tanto|por eso|por ello|sin embargo|no obstante|de lo contrario)(?![\p{L}])/iu,
    /^en (?:ese|este|tal|dicho|esos|estos|ambos|tales) casos?\b/i,
    /^(?:si|cuando) (?:no|así es|es así|es el caso),/i,
    /^(?:aplica|aplican|vale|valen) (?:también|igual|lo mismo)\b/i,
  ],
}

/** Spanish words with an accent or ñ; the same letters without it are refused. Words whose unaccented form is a verb are not listed. */
export const ACCENTED_WORDS: ReadonlySet<string> = words(`
    acción además afiliación ahí algún allá allí aquí área áreas artículo artículos así atención aún año años
    automático básico biométrica biométrico búsqueda cáncer carácter categoría catálogo cédula cédulas cirugía
    ciudadanía clínica clínicas código códigos común compañía condición conexión contraseña corazón crédito créditos
    crónica crónico cónyuge cónyuges daño daños después día días difícil dígito dígitos dueño
    económica económico electrónica electrónico electrónicos enseguida español específico estadística fácil
    física físico fotografía fotografías garantía género guardería guía guías hábil hábiles histórico idéntico índice
    inglés interés jurídica jurídico línea líneas límite límites mañana matrícula mayoría médica médicas médico médicos
    menú método México migración mínimo mínimos máximo máximos módulo módulos móvil ningún niña niñas niño niños
    nómina núcleo número números ortopédica página páginas país países párrafo patrón pensión pequeña pequeño
    periódico periódicos podrá podría política póliza próximo pública público públicos quizá quizás razón recién región
    régimen según señal sábado sábados sólido tamaño también técnico tecnología telefónica telefónico teléfono
    teléfonos tesorería todavía través trámite trámites última último últimos única únicamente único unión útil útiles
    válida válido vía vías vínculo`)
/** Unaccented forms that are also words of their own. */
export const ASCII_WORDS_TOO: ReadonlySet<string> = words(
  'continua critica practica publica valida',
)
/** After these, `tramite` is a verb: "quien tramite su CURP". */
export const VERB_BEFORE = /(?:^|[^\p{L}])(?:que|quien|quienes|no|se|lo|los|las|le|te)\s+$/iu
export const VERBS_TOO: ReadonlySet<string> = words('tramite tramites')
/** Substitutes for ñ and other letters that no accent table finds. */
export const ASCII_SUBSTITUTES: Readonly<Record<string, string>> = {
  anio: 'año',
  anios: 'años',
  ninio: 'niño',
  ninios: 'niños',
  espaniol: 'español',
  contrasenia: 'contraseña',
}
/** Endings that Spanish always writes with an accent in the singular. */
export const ACCENTED_ENDINGS: readonly (readonly [ascii: string, accented: string])[] = [
  ['cion', 'ción'],
  ['sion', 'sión'],
  ['xion', 'xión'],
]

/** One spelling per language; others are refused whatever their case, unless only the case differs. A final * matches any ending. */
type Term = { readonly preferred: string; readonly refused: readonly string[] }

const NAMES: readonly Term[] = [
  { preferred: 'CURP', refused: ['CURPs', 'C.U.R.P.', 'Curp'] },
  { preferred: 'NSS', refused: ['NSSs', 'N.S.S.', 'Nss'] },
  { preferred: 'RFC', refused: ['RFCs', 'R.F.C.', 'Rfc'] },
  { preferred: 'UMF', refused: ['UMFs', 'U.M.F.', 'Umf'] },
  { preferred: 'IMSS', refused: ['I.M.S.S.', 'Imss'] },
  { preferred: 'IMSS Digital', refused: ['IMSS digital', 'IMSS-Digital'] },
  {
    preferred: 'IMSS-Bienestar',
    refused: ['IMSS-BIENESTAR', 'IMSS-bienestar', 'IMSS Bienestar'],
  },
  { preferred: 'Modalidad 10', refused: ['Modalidad10', 'Modalidad-10', 'Mod. 10', 'Mod 10'] },
  { preferred: 'Modalidad 33', refused: ['Modalidad33', 'Modalidad-33', 'Mod. 33', 'Mod 33'] },
  { preferred: 'Modalidad 40', refused: ['Modalidad40', 'Modalidad-40', 'Mod. 40', 'Mod 40'] },
  { preferred: 'Contacto IMSS', refused: ['contacto IMSS', 'Contacto-IMSS', 'ContactoIMSS'] },
  { preferred: 'AFORE', refused: ['Afore', 'AFOREs'] },
  { preferred: 'INFONAVIT', refused: ['Infonavit'] },
  { preferred: 'RENAPO', refused: ['Renapo'] },
  { preferred: 'e.firma', refused: ['efirma', 'e-firma', 'e.Firma'] },
  {
    preferred: 'subdelegación',
    refused: [
      'sub-delegación',
      'sub delegación',
      'sub-delegation',
      'subdelegation',
      'subdelegacion',
    ],
  },
  { preferred: 'subdelegaciones', refused: ['sub-delegaciones', 'sub delegaciones'] },
  { preferred: 'MXN', refused: ['M.N.', 'MX$', 'Mex$'] },
]

/** English follows the -ize spelling with the other forms of Oxford, as most guides do. */
export const TERMS: Readonly<Record<Language, readonly Term[]>> = {
  en: [
    ...NAMES,
    { preferred: 'naturaliz*', refused: ['naturalis*'] },
    { preferred: 'legaliz*', refused: ['legalis*'] },
    { preferred: 'recogniz*', refused: ['recognis*'] },
    { preferred: 'regulariz*', refused: ['regularis*'] },
    { preferred: 'authoriz*', refused: ['authoris*'] },
    { preferred: 'organiz*', refused: ['organis*'] },
    { preferred: 'summariz*', refused: ['summaris*'] },
    { preferred: 'enrol', refused: ['enroll'] },
    { preferred: 'enrolment', refused: ['enrollment', 'inrolment'] },
    { preferred: 'labour', refused: ['labor'] },
    { preferred: 'centre', refused: ['center'] },
    { preferred: 'programme', refused: ['program'] },
    { preferred: 'professional licence', refused: ['professional license'] },
    { preferred: 'dependent', refused: ['dependant'] },
    { preferred: 'dependents', refused: ['dependants'] },
    { preferred: 'health care', refused: ['healthcare', 'health-care'] },
    { preferred: 'email', refused: ['e-mail'] },
    { preferred: 'website', refused: ['web site', 'web-site'] },
    { preferred: 'online', refused: ['on-line'] },
    { preferred: 'toward', refused: ['towards'] },
    { preferred: 'residence card', refused: ['residency card', 'residence-card'] },
    { preferred: 'migration document', refused: ['immigration document', 'migratory document'] },
    { preferred: 'contribution weeks', refused: ['weeks of contribution', 'contributed weeks'] },
    { preferred: 'apostilled', refused: ['apostilized', 'apostillized', 'apostilised'] },
    { preferred: 'postal code', refused: ['zip code', 'postcode', 'post code'] },
    { preferred: 'birthplace', refused: ['birth place', 'birth-place'] },
  ],
  es: [
    ...NAMES,
    { preferred: 'correo electrónico', refused: ['email', 'e-mail', 'mail', 'correo-e'] },
    { preferred: 'en línea', refused: ['online', 'on-line', 'on line', 'enlínea'] },
    { preferred: 'sitio web', refused: ['website', 'sitio-web'] },
    { preferred: 'portal web', refused: ['portal-web'] },
    { preferred: 'cónyuge', refused: ['cónyugue', 'conyugue'] },
    { preferred: 'tarjeta de residente', refused: ['tarjeta de residencia'] },
    {
      preferred: 'carta de naturalización',
      refused: ['carta de naturalizacion', 'carta naturalización'],
    },
    { preferred: 'documento migratorio', refused: ['documento de migración'] },
    { preferred: 'apostillad*', refused: ['apostilad*', 'apostillizad*'] },
    { preferred: 'semanas cotizadas', refused: ['semanas de cotización', 'semanas-cotizadas'] },
    { preferred: 'derechohabiente', refused: ['derecho-habiente', 'derecho habiente'] },
    { preferred: 'código postal', refused: ['zip code'] },
  ],
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/))
}
