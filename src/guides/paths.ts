/** Knowledge paths from structure, declared relations and shared sources. */
import type { Guide } from '../core/guide.ts'
import type { KnowledgePathIds, PathId } from '../core/knowledge-paths.ts'
import type { Language } from '../core/language.ts'

const MAX_NEXT_STEPS = 4
/** Declared steps come first; computed ones fill up to this many. */
const MIN_NEXT_STEPS = 3
const MAX_SIBLINGS = 6

const WORDS: Record<
  Language,
  {
    declared: (from: string, to: string) => string
    before: (from: string, to: string) => string
    after: (from: string, to: string) => string
    shared: (count: number) => string
    sibling: (cluster: string) => string
    planning: string
  }
> = {
  en: {
    declared: (from, to) => `${to} is what people usually need after ${from}`,
    after: (from, to) => `${to} comes after ${from} in the usual order`,
    before: (from, to) => `${to} comes before ${from} in the usual order`,
    shared: (count) =>
      `, and both rest on ${count === 1 ? 'one source' : `${count} sources`} in common`,
    sibling: (cluster) => `Also part of ${cluster.replaceAll('-', ' ')}`,
    planning: 'Shows where this step stands in the whole plan',
  },
  es: {
    declared: (from, to) => `${to} es lo que suele seguir después de ${from}`,
    after: (from, to) => `${to} viene después de ${from} en el orden habitual`,
    before: (from, to) => `${to} viene antes de ${from} en el orden habitual`,
    shared: (count) =>
      `, y ambas se apoyan en ${count === 1 ? 'una misma fuente' : `${count} fuentes en común`}`,
    sibling: (cluster) =>
      `También forma parte de ${CLUSTERS_ES[cluster] ?? cluster.replaceAll('-', ' ')}`,
    planning: 'Muestra el lugar de este paso en el plan completo',
  },
}

const CLUSTERS_ES: Readonly<Record<string, string>> = {
  'immigration-and-identity': 'migración e identidad',
  healthcare: 'salud',
  'imss-records': 'registros del IMSS',
  'work-and-savings': 'trabajo y ahorro',
}

/** Paths of one guide among all; targets that are not written yet are left out, and never the guide itself. */
export function knowledgePaths(guide: Guide, corpus: readonly Guide[]): KnowledgePathIds {
  const { meta } = guide
  const words = WORDS[meta.language]
  const others = topics(corpus, meta.language).filter((other) => other.meta.id !== meta.id)
  const byId = new Map(others.map((other) => [other.meta.id, other]))
  const own = new Set(meta.sources.map((source) => source.id))
  const shared = (other: Guide) => other.meta.sources.filter((source) => own.has(source.id)).length

  const nextSteps: PathId[] = []
  for (const id of new Set(meta.next)) {
    const target = byId.get(id)
    if (target && nextSteps.length < MAX_NEXT_STEPS) {
      nextSteps.push({ id, reason: words.declared(meta.title, target.meta.title) })
    }
  }
  const later = others
    .filter((other) => !meta.next.includes(other.meta.id) && !meta.planning.includes(other.meta.id))
    .filter((other) => other.meta.cluster === meta.cluster || shared(other) > 0)
    .sort(
      (a, b) =>
        distance(guide, a) - distance(guide, b) ||
        shared(b) - shared(a) ||
        (a.meta.id < b.meta.id ? -1 : 1),
    )
  for (const target of later) {
    if (nextSteps.length >= MIN_NEXT_STEPS) break
    const say = target.meta.order > meta.order ? words.after : words.before
    const count = shared(target)
    nextSteps.push({
      id: target.meta.id,
      reason: say(meta.title, target.meta.title) + (count > 0 ? words.shared(count) : ''),
    })
  }
  return {
    nextSteps,
    siblings: others
      .filter((other) => other.meta.cluster === meta.cluster)
      .sort((a, b) => a.meta.order - b.meta.order || (a.meta.id < b.meta.id ? -1 : 1))
      .slice(0, MAX_SIBLINGS)
      .map((other) => ({ id: other.meta.id, reason: words.sibling(meta.cluster) })),
    planning: [...new Set(meta.planning)]
      .filter((id) => byId.get(id)?.meta.printable)
      .map((id) => ({ id, reason: words.planning })),
  }
}

/** One guide per topic, in the language where it exists. */
function topics(corpus: readonly Guide[], language: Language): Guide[] {
  const chosen = new Map<string, Guide>()
  for (const guide of corpus) {
    const known = chosen.get(guide.meta.id)
    if (!known || (known.meta.language !== language && guide.meta.language === language)) {
      chosen.set(guide.meta.id, guide)
    }
  }
  return [...chosen.values()]
}

/** What follows is nearer than what came before: a step back costs as much as a long way on. */
function distance(from: Guide, to: Guide): number {
  const step = to.meta.order - from.meta.order
  return step > 0 ? step : 100 - step
}
