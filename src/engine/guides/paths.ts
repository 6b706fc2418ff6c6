/** Knowledge paths from structure, declared relations and shared sources. */
import type { Guide } from '../core/guide.ts'
import type { KnowledgePathIds, PathId } from '../core/knowledge-paths.ts'
import type { Language } from '../core/language.ts'

const MAX_NEXT_STEPS = 4
/** Declared steps come first; computed ones fill up to this many. */
const MIN_NEXT_STEPS = 3
const MAX_SIBLINGS = 6

/** Whole sentences, in the language of the guide; `from` and `to` are names as `nameIn` writes them. */
type Phrases = {
  readonly foreign: string
  readonly onward: (from: string, to: string) => string
  readonly back: (from: string, to: string) => string
  readonly after: (from: string, to: string) => string
  readonly before: (from: string, to: string) => string
  readonly shared: (count: number) => string
  readonly sibling: (to: string, cluster: string) => string
  readonly planning: (to: string) => string
  readonly clusters: Readonly<Record<string, string>>
}

const PHRASES: Readonly<Record<Language, Phrases>> = {
  en: {
    foreign: ' (in Spanish)',
    onward: (from, to) => `After ${from}, a good next guide is ${to}`,
    back: (from, to) => `${to} is worth reading with ${from}: it covers an earlier step`,
    after: (from, to) => `${to} comes after ${from} in the usual order`,
    before: (from, to) => `${to} comes before ${from} in the usual order`,
    shared: (count) =>
      `, and both rest on ${count === 1 ? 'one source' : `${count} sources`} in common`,
    sibling: (to, cluster) => `${to} is also about ${cluster}.`,
    planning: (to) => `${to} shows where this guide fits among all the steps.`,
    clusters: { healthcare: 'health care', 'imss-records': 'IMSS records' },
  },
  es: {
    foreign: ' (en inglés)',
    onward: (from, to) => `Después de ${from}, conviene seguir con ${to}`,
    back: (from, to) => `Conviene leer ${to} junto con ${from}: trata un paso anterior`,
    after: (from, to) => `${to} viene después de ${from} en el orden habitual`,
    before: (from, to) => `${to} viene antes de ${from} en el orden habitual`,
    shared: (count) =>
      `, y ambas guías se apoyan en ${count === 1 ? 'una misma fuente' : `${count} fuentes en común`}`,
    sibling: (to, cluster) => `${to} también trata de ${cluster}.`,
    planning: (to) => `${to} muestra qué lugar ocupa esta guía entre todos los pasos.`,
    clusters: {
      'immigration-and-identity': 'migración e identidad',
      healthcare: 'salud',
      'imss-records': 'registros del IMSS',
      'work-and-savings': 'trabajo y ahorro',
    },
  },
}

/** Paths of one guide among all; targets that are not written yet are left out, and never the guide itself. */
export function knowledgePaths(guide: Guide, corpus: readonly Guide[]): KnowledgePathIds {
  const { meta } = guide
  const phrases = PHRASES[meta.language]
  const others = topics(corpus, meta.language).filter((other) => other.meta.id !== meta.id)
  const byId = new Map(others.map((other) => [other.meta.id, other]))
  const own = new Set(meta.sources.map((source) => source.id))
  const shared = (other: Guide) => other.meta.sources.filter((source) => own.has(source.id)).length

  const nameOf = (other: Guide) => nameIn(meta.language, other)
  const from = nameOf(guide)
  const isLater = (other: Guide) => other.meta.order > meta.order

  const nextSteps: PathId[] = []
  for (const id of new Set(meta.next)) {
    const target = byId.get(id)
    if (target && nextSteps.length < MAX_NEXT_STEPS) {
      const say = isLater(target) ? phrases.onward : phrases.back
      nextSteps.push({ id, reason: `${say(from, nameOf(target))}.` })
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
    const say = isLater(target) ? phrases.after : phrases.before
    const count = shared(target)
    nextSteps.push({
      id: target.meta.id,
      reason: `${say(from, nameOf(target))}${count > 0 ? phrases.shared(count) : ''}.`,
    })
  }
  const cluster = phrases.clusters[meta.cluster] ?? meta.cluster.replaceAll('-', ' ')
  return {
    nextSteps,
    siblings: others
      .filter((other) => other.meta.cluster === meta.cluster)
      .sort((a, b) => a.meta.order - b.meta.order || (a.meta.id < b.meta.id ? -1 : 1))
      .slice(0, MAX_SIBLINGS)
      .map((other) => ({ id: other.meta.id, reason: phrases.sibling(nameOf(other), cluster) })),
    planning: [...new Set(meta.planning)].flatMap((id) => {
      const target = byId.get(id)
      return target?.meta.printable ? [{ id, reason: phrases.planning(nameOf(target)) }] : []
    }),
  }
}

/** A title in quotation marks, so that a sentence can hold it, and a warning where its language is the other one. */
function nameIn(language: Language, { meta }: Guide): string {
  return `“${meta.title}”${meta.language === language ? '' : PHRASES[language].foreign}`
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
