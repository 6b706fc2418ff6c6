import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrontMatter, Guide } from '../../../src/engine/core/guide.ts'
import { frontMatterSchema } from '../../../src/engine/core/guide.ts'
import { parseFrontMatter } from '../../../src/engine/guides/front-matter.ts'
import { knowledgePaths } from '../../../src/engine/guides/paths.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { guideFile } from '../../fixtures/guide-file.ts'

const BASE = parseFrontMatter(guideFile()).meta

function guide(id: string, meta: Partial<FrontMatter> = {}): Guide {
  const front = { ...BASE, id, title: `The ${id}`, ...meta }
  return { meta: frontMatterSchema.parse(front), text: '', sha256: '', sections: [] }
}
/** What every guide here helps to do, as it continues a sentence. */
const HELPS = BASE.quickScan.helpsYouDo.replace(/^./, (first) => first.toLowerCase())
const pathsOf = (one: Guide, all: readonly Guide[]) => knowledgePaths(one, all, PROFILES)
const source = (...ids: string[]) => ids.map((id) => ({ id, usedFor: 'x' }))
const idsOf = (steps: readonly { id: string }[]) => steps.map((step) => step.id)

describe('knowledge paths', () => {
  it('begin with the declared next steps, in their order and each once', () => {
    const nss = guide('nss', {
      order: 10,
      next: [
        { guide: 'umf' },
        { guide: 'curp' },
        { guide: 'umf' },
        { guide: 'missing' },
        { guide: 'nss' },
      ],
    })
    const { nextSteps } = pathsOf(nss, [nss, guide('curp'), guide('umf')])
    expect(idsOf(nextSteps)).toEqual(['umf', 'curp'])
    expect(nextSteps[0]?.reason).toBe(`It helps you ${HELPS}`)
  })

  it('fill up to three with the nearest by order, what follows before what came earlier', () => {
    const all = [
      guide('nss', { order: 30, next: [{ guide: 'far' }] }),
      guide('before', { order: 29 }),
      guide('after', { order: 40 }),
      guide('later', { order: 50 }),
      guide('far', { order: 90, cluster: 'work', sources: source('elsewhere') }),
      guide('stranger', { order: 31, cluster: 'work', sources: source('elsewhere') }),
    ]
    const { nextSteps } = pathsOf(all[0] as Guide, all)
    expect(idsOf(nextSteps)).toEqual(['far', 'after', 'later'])
    expect(nextSteps[1]?.reason).toBe(`It helps you ${HELPS}`)
  })

  it('reach into another cluster only over a shared source', () => {
    const nss = guide('nss')
    const tax = guide('tax', { order: 10, cluster: 'work', sources: source('news') })
    const { nextSteps, siblings } = pathsOf(nss, [nss, tax])
    expect(idsOf(nextSteps)).toEqual(['tax'])
    expect(siblings).toEqual([])
  })

  it('list siblings of the cluster by order', () => {
    const all = [guide('c', { order: 3 }), guide('a', { order: 9 }), guide('b', { order: 1 })]
    const nss = guide('nss')
    expect(idsOf(pathsOf(nss, [nss, ...all]).siblings)).toEqual(['b', 'c', 'a'])
  })

  it('list declared planning guides that are written and printable', () => {
    const nss = guide('nss', { planning: ['plan', 'plan', 'draft', 'missing'] })
    const all = [nss, guide('plan', { printable: true }), guide('draft')]
    expect(idsOf(pathsOf(nss, all).planning)).toEqual(['plan'])
  })

  it('speak the language of the guide and prefer targets in it', () => {
    const nss = guide('nss', { language: 'es', next: [{ guide: 'curp' }], order: 0 })
    const curp = guide('curp', { language: 'es', title: 'La CURP' })
    const { nextSteps, siblings } = pathsOf(nss, [guide('curp'), curp, guide('nss'), nss])
    expect(nextSteps[0]?.reason).toBe(`Te ayuda a ${HELPS}`)
    expect(siblings).toEqual([{ id: 'curp', reason: `Te ayuda a ${HELPS}` }])
  })

  it('say why in the words of the guide where it has some', () => {
    const why = 'You need the NSS before IMSS registers you at a clinic.'
    const nss = guide('nss', { next: [{ guide: 'umf', why }] })
    expect(pathsOf(nss, [nss, guide('umf')]).nextSteps[0]?.reason).toBe(why)
  })

  it('say so when a target exists only in another language', () => {
    const faq = guide('faq', { order: 90, next: [{ guide: 'nss' }], language: 'es' })
    const { nextSteps } = pathsOf(faq, [faq, guide('nss', { order: 30 })])
    expect(nextSteps[0]?.reason).toBe('Después de “The faq”, lee “The nss” (en inglés).')
  })

  it('never lead to the guide itself, to a missing one, twice to one, or without a reason', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const some = fc.array(fc.constantFrom(...ids, 'missing'), { maxLength: 5 })
    const any = fc.record({
      id: fc.constantFrom(...ids),
      language: fc.constantFrom('en' as const, 'es' as const),
      order: fc.nat(50),
      cluster: fc.constantFrom('healthcare', 'work-and-savings', 'new-cluster'),
      next: fc.array(
        fc.constantFrom(...ids, 'missing').map((id) => ({ guide: id })),
        { maxLength: 5 },
      ),
      planning: some,
      printable: fc.boolean(),
    })
    const corpora = fc.uniqueArray(any, {
      selector: (meta) => `${meta.id}.${meta.language}`,
      minLength: 1,
    })
    fc.assert(
      fc.property(corpora, (metas) => {
        const all = metas.map(({ id, ...meta }) => guide(id, meta))
        for (const one of all) {
          const paths = pathsOf(one, all)
          for (const steps of [paths.nextSteps, paths.siblings, paths.planning]) {
            const targets = idsOf(steps)
            expect(targets).not.toContain(one.meta.id)
            expect(new Set(targets).size).toBe(targets.length)
            for (const { id, reason } of steps) {
              expect(all.some((other) => other.meta.id === id)).toBe(true)
              expect(reason.trim()).not.toBe('')
              expect(reason).not.toContain('undefined')
            }
          }
          expect(paths).toEqual(pathsOf(one, [...all].reverse()))
        }
      }),
      { numRuns: 100 },
    )
  })
})
