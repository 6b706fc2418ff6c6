/** An error in the form its reader asks for: a page for browsers, a problem document for programs. */
import type { Context } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { LANGUAGES } from '../../../engine/core/language.ts'
import { problemResponse, toProblem } from '../problem.ts'
import { PAGE_POLICY } from './content-policy.ts'
import { errorPage } from './error-page.ts'
import { browserLanguage, wantsPage } from './negotiate.ts'

const secure = secureHeaders({ contentSecurityPolicy: PAGE_POLICY })

export async function faultResponse(c: Context, error: unknown): Promise<Response> {
  const response = problemResponse(error)
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead || !wantsPage(c)) return response
  const named = LANGUAGES.find((language) => language === c.req.query('lang'))
  const language = named ?? browserLanguage(c)
  const depth = c.req.path.split('/').length - 2
  const text = await errorPage(toProblem(error), language, '../'.repeat(depth) || './')
  const headers = new Headers(response.headers)
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-language', language)
  headers.set('vary', 'Accept, Accept-Language')
  await secure(c, async () => {
    c.res = new Response(text.toString(), { status: response.status, headers })
  })
  return c.res
}
