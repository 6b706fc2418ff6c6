/** What a request wants: a page or data, and in which language. */
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { z } from 'zod'
import { LANGUAGES, type Language, languageSchema } from '../../../engine/core/language.ts'
import { validate } from '../request.ts'

/** The type among `supports` that the Accept header prefers. */
export function preferred(c: Context, supports: string[], otherwise: string): string {
  return accepts(c, { header: 'Accept', supports, default: otherwise })
}

/** Whether a page is asked for by name, as browsers do; programs that take anything get data. */
export function wantsPage(c: Context): boolean {
  const supports = ['text/html', 'application/json', 'application/problem+json']
  return preferred(c, supports, 'application/json') === 'text/html'
}

/** `?lang=`, or what the browser says; throws `invalid_request` for a language that none is. */
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
