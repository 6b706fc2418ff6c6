/** Dates as pages print them, in English and Spanish, to YYYY-MM-DD. */

const MONTHS = [
  'jan|ene',
  'feb',
  'mar',
  'apr|abr',
  'may',
  'jun',
  'jul',
  'aug|ago',
  'sep',
  'oct',
  'nov',
  'dec|dic',
]

/** The first complete date of a text; a month and a year alone do not count. */
export function findDate(text: string): string | undefined {
  const plain = text.toLowerCase()
  const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(plain)
  if (iso) return toIso(iso[1], Number(iso[2]), iso[3])
  const dayFirst =
    /\b(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:de\s+)?([a-z]{3})[a-z]*\.?,?\s+(?:de\s+|del\s+)?(\d{4})\b/.exec(
      plain,
    )
  if (dayFirst) return toIso(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1])
  const monthFirst = /\b([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b/.exec(plain)
  if (monthFirst) return toIso(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2])
  return undefined
}

function monthOf(word = ''): number {
  return MONTHS.findIndex((names) => names.split('|').includes(word)) + 1
}

function toIso(
  year: string | undefined,
  month: number,
  day: string | undefined,
): string | undefined {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? undefined : date
}
