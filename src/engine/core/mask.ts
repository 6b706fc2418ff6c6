/** Personal identifiers never reach a log: 11-digit numbers (NSS), 18-character keys (CURP) and 13-character keys (RFC) are masked. */

/** The key's groups (name, birth date, sex, state, consonants, check), as people space them. */
const CURP =
  /(?<![\p{L}\d])[A-ZÑ][AEIOUXÑ][A-ZÑ]{2}[\p{Zs}\p{Pd}.]?\d{6}[\p{Zs}\p{Pd}.]?[A-Z][\p{Zs}\p{Pd}.]?[A-Z]{2}[\p{Zs}\p{Pd}.]?[A-ZÑ]{3}[\p{Zs}\p{Pd}.]?[A-Z0-9][\p{Zs}\p{Pd}.]?\d(?![\p{L}\d])/giu
/** An individual's: the first two groups of the CURP and three characters more; the date keeps prose with numbers out. */
const RFC =
  /(?<![\p{L}\d])[A-ZÑ][AEIOUXÑ][A-ZÑ]{2}[\p{Zs}\p{Pd}.]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[\p{Zs}\p{Pd}.]?[A-Z0-9]{3}(?![\p{L}\d])/giu
const ANY_18 = /\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{18}\b/gi
const ELEVEN_DIGITS = /(?<!\d)\d(?:[\p{Zs}\p{Pd}.]?\d){10}(?!\d)/gu

export function maskIdentifiers(text: string): string {
  return text
    .replace(CURP, '[18]')
    .replace(ANY_18, '[18]')
    .replace(RFC, '[13]')
    .replace(ELEVEN_DIGITS, '[11]')
}
