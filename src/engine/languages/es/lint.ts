/** What `npm run corpus:lint` looks for in Spanish guides. */
import type { LintWords } from '../profile.ts'
import { wordList } from '../word-list.ts'

/** Words that always have their accent or ñ. Those that are verb forms without it are left out. */
const ACCENTED_WORDS = wordList(`
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

export const SPANISH_LINT: LintWords = {
  emptyHeadingWords: wordList(`
    a al con de del el en la las lo los más otra otras otro otros para por sobre un una y adicional adicionales
    advertencia advertencias aviso avisos comentarios conclusión consejos consideraciones datos descripción
    detalles documentos extra final general generales generalidades importante importantes info información
    introducción misceláneo nota notas observaciones pasos preguntas procedimiento proceso puntos requisitos
    resumen sección trámite útil útiles varios`),
  leaningOpenings: [
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
    /^(?:sí|no|probablemente(?: no| sí)?|todavía no|no siempre|no necesariamente|tal vez|quizás?)\s*[,.;:—–-]/i,
  ],
  terms: [
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
  accents: {
    words: ACCENTED_WORDS,
    exceptions: wordList('continua critica practica publica valida'),
    // "quien tramite su CURP"
    verbs: {
      words: wordList('tramite tramites'),
      before: /(?:^|[^\p{L}])(?:que|quien|quienes|no|se|lo|los|las|le|te)\s+$/iu,
    },
    substitutes: {
      anio: 'año',
      anios: 'años',
      ninio: 'niño',
      ninios: 'niños',
      espaniol: 'español',
      contrasenia: 'contraseña',
    },
    endings: [
      ['cion', 'ción'],
      ['sion', 'sión'],
      ['xion', 'xión'],
    ],
  },
  pairedMarks: [
    ['¿', '?'],
    ['¡', '!'],
  ],
}
