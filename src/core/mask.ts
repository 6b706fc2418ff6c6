/** Personal identifiers never reach a log: 11-digit numbers (NSS) and 18-character keys (CURP) are masked. */

const CURP = /\b[A-ZÑ][AEIOUXÑ][A-ZÑ]{2}\d{6}[A-Z]{6}[A-Z0-9]{2}\b/gi
const ANY_18 = /\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{18}\b/gi
const ELEVEN_DIGITS = /(?<!\d)\d(?:[ -]?\d){10}(?![ -]?\d)/g

export function maskIdentifiers(text: string): string {
  return text.replace(CURP, '[18]').replace(ANY_18, '[18]').replace(ELEVEN_DIGITS, '[11]')
}
