/** Limits and spellings that the corpus lint holds in every language; each language's own words are in its profile. */
import type { PreferredTerm } from '../../src/engine/languages/profile.ts'

export const MAX_SENTENCE_WORDS = 35
export const MAX_PARAGRAPH_WORDS = 120

/** Mexico's offices, programmes and identifiers. */
export const NAMES: readonly PreferredTerm[] = [
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
