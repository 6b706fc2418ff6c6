import { describe, expect, it } from 'vitest'
import { checkGuides, toPassageFilter } from '../../../src/engine/search/request-filter.ts'

describe('the filter of a request', () => {
  it('is undefined when the request restricts nothing', () => {
    expect(toPassageFilter({ minAuthority: 'secondary' })).toBeUndefined()
  })

  it('admits laws and official pages for law, and official pages alone for official', () => {
    expect(toPassageFilter({ minAuthority: 'law' })).toEqual({ authorities: ['law', 'official'] })
    expect(toPassageFilter({ minAuthority: 'official' })).toEqual({ authorities: ['official'] })
  })

  it('holds only what the request names', () => {
    const filter = toPassageFilter({
      languages: ['es'],
      guides: ['nss'],
      minAuthority: 'secondary',
    })
    expect(filter).toEqual({ languages: ['es'], guides: ['nss'] })
  })
})

it('refuses a guide that does not exist and names its id', () => {
  const library = { languagesOf: (id: string) => (id === 'nss' ? ['en' as const] : []) }
  expect(() => checkGuides({ guides: ['nss'] }, library)).not.toThrow()
  expect(() => checkGuides({}, library)).not.toThrow()
  expect(() => checkGuides({ guides: ['nss', 'gone'] }, library)).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      message: expect.stringContaining('"gone"'),
    }),
  )
})
