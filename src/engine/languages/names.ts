/** Names that belong to no language: English and Spanish speakers alike use them for Mexico's offices and programmes. */
import { wordList } from './word-list.ts'

/** Folded. They never decide a question's language. */
export const PROPER_NAMES: ReadonlySet<string> = new Set(
  wordList(`
    imss issste infonavit fovissste fonacot afore afores consar condusef profedet prodecon renapo sat inm ine sre sep insabi coplamar rfc curp
    nss umf ciec efirma repse sipare sua idse sirce fmm nip whatsapp siat buzon tributario modalidad modalidades bienestar vigencia
    subdelegacion subdelegaciones delegacion apostille apostilla banxico llave mx cdmx mexico gob com org www http https
  `),
)
