/** Content negotiation: a page or data, and in which language. */
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import * as z from 'zod'
import { validate } from '../../../engine/core/input.ts'
import { LANGUAGES, type Language, languageSchema } from '../../../engine/core/language.ts'

/** The type among `supports` that the Accept header prefers. */
export function preferredType(c: Context, supports: string[], otherwise: string): string {
  return accepts(c, { header: 'Accept', supports, default: otherwise })
}

/** Whether the Accept header names HTML, as browsers do; programs that accept anything get data. */
export function wantsPage(c: Context): boolean {
  const supports = ['text/html', 'application/json', 'application/problem+json']
  return preferredType(c, supports, 'application/json') === 'text/html'
}

/** The language in `?lang=`, else the browser's; throws `invalid_request` for an unknown one. */
export function pageLanguage(c: Context): Language {
  const asked = c.req.query('lang')
  if (asked !== undefined) return validate(z.object({ lang: languageSchema }), { lang: asked }).lang
  return browserLanguage(c)
}

export function browserLanguage(c: Context): Language {
  return accepts(c, {
    header: 'Accept-Language',
    supports: [...LANGUAGES],
    default: LANGUAGES[0],
    match: (list, { supports, default: fallback }) =>
      [...list]
        .sort((a, b) => b.q - a.q)
        .map(({ type }) => type.slice(0, 2).toLowerCase())
        .find((tag) => supports.includes(tag)) ?? fallback,
  })
}
