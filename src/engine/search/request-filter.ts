/** The passage filter of a request. */
import { RetrievalError } from '../core/errors.ts'
import type { Library } from '../core/library.ts'
import type { PassageFilter } from '../core/passage-filter.ts'
import type { RetrievalRequest } from '../core/retrieval.ts'
import type { Authority } from '../core/source.ts'

/** What each `minAuthority` lets through; undefined: everything. */
const AUTHORITIES: Readonly<Record<Authority, readonly Authority[] | undefined>> = {
  secondary: undefined,
  law: ['law', 'official'],
  official: ['official'],
}

/** Undefined when the request restricts nothing. */
export function toPassageFilter(
  request: Pick<RetrievalRequest, 'languages' | 'guides' | 'minAuthority'>,
): PassageFilter | undefined {
  const { languages, guides } = request
  const authorities = AUTHORITIES[request.minAuthority]
  if (!languages && !guides && !authorities) return undefined
  return {
    ...(languages ? { languages } : {}),
    ...(guides ? { guides } : {}),
    ...(authorities ? { authorities } : {}),
  }
}

/** Throws `invalid_request` for the id of a guide that does not exist. */
export function checkGuides(
  { guides = [] }: Pick<RetrievalRequest, 'guides'>,
  library: Pick<Library, 'languagesOf'>,
): void {
  for (const id of guides) {
    if (library.languagesOf(id).length > 0) continue
    throw new RetrievalError(
      'invalid_request',
      `guides: there is no guide "${id}"; GET /guides lists them`,
      { details: { field: 'guides' } },
    )
  }
}
