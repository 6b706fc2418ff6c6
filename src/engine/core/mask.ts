/** Masks personal identifiers, so that no log holds them: 11-digit numbers (NSS), 18-character keys (CURP), 13-character keys (RFC). */

/** The key's groups: name, birth date, sex, state, consonants, check; people put spaces, hyphens or dots between them. */
const CURP =
  /(?<![\p{L}\d])[A-ZÑ][AEIOUXÑ][A-ZÑ]{2}[\p{Zs}\p{Pd}.]?\d{6}[\p{Zs}\p{Pd}.]?[A-Z][\p{Zs}\p{Pd}.]?[A-Z]{2}[\p{Zs}\p{Pd}.]?[A-ZÑ]{3}[\p{Zs}\p{Pd}.]?[A-Z0-9][\p{Zs}\p{Pd}.]?\d(?![\p{L}\d])/giu
/**
 * A person's key: the first two groups of the CURP and three characters. The date must be a possible one, so that prose
 * with numbers does not match.
 */
const RFC =
  /(?<![\p{L}\d])[A-ZÑ][AEIOUXÑ][A-ZÑ]{2}[\p{Zs}\p{Pd}.]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[\p{Zs}\p{Pd}.]?[A-Z0-9]{3}(?![\p{L}\d])/giu
/** Any other key of 18 letters and digits. */
const ANY_18 = /\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{18}\b/gi
const ELEVEN_DIGITS = /(?<!\d)\d(?:[\p{Zs}\p{Pd}.]?\d){10}(?!\d)/gu

/** Each identifier is replaced by its length in brackets: `[11]`, `[13]`, `[18]`. */
export function maskIdentifiers(text: string): string {
  return text
    .replace(CURP, '[18]')
    .replace(ANY_18, '[18]')
    .replace(RFC, '[13]')
    .replace(ELEVEN_DIGITS, '[11]')
}
