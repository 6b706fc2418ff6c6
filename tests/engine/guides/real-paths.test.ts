/** The knowledge paths of the guides as they are in corpus/: a reader never gets stuck and is told why to go on. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Guide } from '../../../src/engine/core/guide.ts'
import type { KnowledgePathIds, PathId } from '../../../src/engine/core/knowledge-paths.ts'
import { LANGUAGES, type Language } from '../../../src/engine/core/language.ts'
import { parseCorpus } from '../../../src/engine/guides/corpus.ts'
import { knowledgePaths } from '../../../src/engine/guides/paths.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { readCorpus } from '../../../src/start/build.ts'

type Walk = ReadonlyMap<string, { readonly guide: Guide; readonly paths: KnowledgePathIds }>

let guides: readonly Guide[] = []

beforeAll(async () => {
  const corpus = await parseCorpus(await readCorpus('corpus'), new Date())
  guides = corpus.guides.map(({ guide }) => guide)
})

/** The topics as a reader of one language meets them: in it where it exists, else in the other. */
function walkIn(language: Language): Walk {
  const chosen = new Map<string, Guide>()
  for (const guide of guides) {
    if (!chosen.has(guide.meta.id) || guide.meta.language === language)
      chosen.set(guide.meta.id, guide)
  }
  return withPaths([...chosen.values()])
}

function withPaths(some: readonly Guide[]): Walk {
  return new Map(
    some.map((guide) => [guide.meta.id, { guide, paths: knowledgePaths(guide, guides, PROFILES) }]),
  )
}

function stepsOf({ nextSteps, siblings, planning }: KnowledgePathIds): PathId[] {
  return [...nextSteps, ...siblings, ...planning]
}

/** Every guide that can be reached from one by following links inside the walk. */
function reachableFrom(start: string, walk: Walk): Set<string> {
  const reached = new Set([start])
  // A set that grows while it is read hands out what was added, too.
  for (const id of reached) {
    const { paths } = walk.get(id) ?? {}
    for (const step of paths ? stepsOf(paths) : []) if (walk.has(step.id)) reached.add(step.id)
  }
  return reached
}

describe.each(LANGUAGES)('knowledge paths of the real corpus, read in %s', (language) => {
  it('have no dead end', () => {
    const ends = [...walkIn(language).values()].filter(({ paths }) => paths.nextSteps.length === 0)
    expect(ends.map(({ guide }) => guide.meta.id)).toEqual([])
  })

  it('never lead from a guide to itself, nor twice to one target in one list', () => {
    for (const [id, { paths }] of walkIn(language)) {
      for (const list of [paths.nextSteps, paths.siblings, paths.planning]) {
        const targets = list.map((step) => step.id)
        expect(targets).not.toContain(id)
        expect(new Set(targets).size).toBe(targets.length)
      }
    }
  })

  it('miss no target, neither computed nor declared', () => {
    const walk = walkIn(language)
    for (const { guide, paths } of walk.values()) {
      const declared = [...guide.meta.next.map((step) => step.guide), ...guide.meta.planning]
      if (guide.meta.fixFirst) declared.push(guide.meta.fixFirst.guide)
      const targets = [...stepsOf(paths).map((step) => step.id), ...declared]
      expect(targets.filter((id) => !walk.has(id))).toEqual([])
      expect(paths.nextSteps.map((step) => step.id)).toEqual(
        expect.arrayContaining(guide.meta.next.map((step) => step.guide)),
      )
      expect(paths.planning.map((step) => step.id)).toEqual(guide.meta.planning)
    }
  })

  it('lead from every guide to every other', () => {
    const walk = walkIn(language)
    expect(walk.size).toBeGreaterThanOrEqual(16)
    for (const id of walk.keys()) {
      expect([...reachableFrom(id, walk)].sort(), `from ${id}`).toEqual([...walk.keys()].sort())
    }
  })

  it('lead from every guide written in the language to every other without leaving it', () => {
    const walk = withPaths(guides.filter((guide) => guide.meta.language === language))
    for (const id of walk.keys()) {
      expect([...reachableFrom(id, walk)].sort(), `from ${id}`).toEqual([...walk.keys()].sort())
    }
  })

  it('give each link one whole sentence that says why, and repeat none in a list', () => {
    for (const { guide, paths } of walkIn(language).values()) {
      for (const list of [paths.nextSteps, paths.siblings, paths.planning]) {
        for (const { reason } of list) {
          expect(reason).toMatch(/^[“\p{Lu}][^\n]*[^.\s]\.$/u)
          expect(reason).not.toMatch(/undefined|null|NaN|\s{2}|\.\./)
          expect(reason).not.toContain(guide.meta.cluster === 'healthcare' ? 'healthcare' : '-and-')
        }
        expect(new Set(list.map((step) => step.reason)).size).toBe(list.length)
      }
    }
  })
})
