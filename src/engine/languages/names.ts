/** Names that belong to no language: both English and Spanish speakers call Mexico's offices and programmes so. */
import { wordList } from './word-list.ts'

/** Folded. A question's language is never decided by them. */
export const PROPER_NAMES: ReadonlySet<string> = new Set(
  wordList(`
    imss issste infonavit fovissste fonacot afore afores consar condusef profedet prodecon renapo sat inm ine sre sep insabi coplamar rfc curp
    nss umf ciec efirma repse sipare sua idse sirce fmm nip whatsapp siat buzon tributario modalidad modalidades bienestar vigencia
    subdelegacion subdelegaciones delegacion apostille apostilla banxico llave mx cdmx mexico gob com org www http https
  `),
)
