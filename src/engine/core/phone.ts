/** Phone numbers as the guides print them, and the links that dial them. */

/** 800 623 2323, 55 5128 1111; with a leading 1, a number in the United States or Canada. */
export const PHONE = /(?<![\d.,])(?:1 )?(?:\d{3} \d{3} \d{4}|\d{2} \d{4} \d{4})(?![\d,.]*\d)/g

/** `tel:+528006232323`: numbers without a country code are Mexican. */
export function telAddress(number: string): string {
  const digits = number.replace(/\D/g, '')
  return digits.length === 11 && digits.startsWith('1') ? `tel:+${digits}` : `tel:+52${digits}`
}
