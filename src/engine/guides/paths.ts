/** Where to go after a guide: from what guides declare, their order and cluster, and the sources they share; each with the reason why. */
import type { Guide } from '../core/guide.ts'
import type { KnowledgePathIds, PathId } from '../core/knowledge-paths.ts'
import type { Language } from '../core/language.ts'
import { type LanguageProfiles, profileOf } from '../languages/profile.ts'

const MAX_NEXT_STEPS = 5
/** Declared steps come first; computed ones fill up to this many. */
const MIN_NEXT_STEPS = 3
const MAX_SIBLINGS = 6
/** Added to the distance of an earlier guide: more than the order of any guide. */
const EARLIER = 100

/** The profiles' parts that path reasons are written with. */
export type PathLanguages = LanguageProfiles<'paths' | 'name' | 'nameIn'>

/** Paths of one guide among all. Guides that are not written yet are left out, and so is the guide itself. */
export function knowledgePaths(
  guide: Guide,
  corpus: readonly Guide[],
  languages: PathLanguages,
): KnowledgePathIds {
  const { meta } = guide
  const phrases = profileOf(languages, meta.language).paths
  const others = topics(corpus, meta.language).filter((other) => other.meta.id !== meta.id)
  const byId = new Map(others.map((other) => [other.meta.id, other]))
  const own = new Set(meta.sources.map((source) => source.id))
  const shared = (other: Guide) => other.meta.sources.filter((source) => own.has(source.id)).length

  /** What the target helps with, in the guide's language where the target is written in it. */
  const reasonFor = (other: Guide): string =>
    other.meta.language === meta.language
      ? phrases.helps(other.meta.quickScan.helpsYouDo)
      : phrases.onward(
          titleIn(meta.language, guide, languages),
          titleIn(meta.language, other, languages),
        )

  const declared = [...new Map(meta.next.map((step) => [step.guide, step])).values()]
  const nextSteps: PathId[] = []
  for (const { guide: id, why } of declared) {
    const target = byId.get(id)
    if (target && nextSteps.length < MAX_NEXT_STEPS)
      nextSteps.push({ id, reason: why ?? reasonFor(target) })
  }
  const later = others
    .filter(
      (other) =>
        !declared.some((step) => step.guide === other.meta.id) &&
        !meta.planning.includes(other.meta.id),
    )
    .filter((other) => other.meta.cluster === meta.cluster || shared(other) > 0)
    .sort(
      (a, b) =>
        distance(guide, a) - distance(guide, b) ||
        shared(b) - shared(a) ||
        (a.meta.id < b.meta.id ? -1 : 1),
    )
  for (const target of later) {
    if (nextSteps.length >= MIN_NEXT_STEPS) break
    nextSteps.push({ id: target.meta.id, reason: reasonFor(target) })
  }
  return {
    nextSteps,
    siblings: others
      .filter((other) => other.meta.cluster === meta.cluster)
      .sort((a, b) => a.meta.order - b.meta.order || (a.meta.id < b.meta.id ? -1 : 1))
      .slice(0, MAX_SIBLINGS)
      .map((other) => ({ id: other.meta.id, reason: reasonFor(other) })),
    planning: [...new Set(meta.planning)].flatMap((id) => {
      const target = byId.get(id)
      return target?.meta.printable
        ? [{ id, reason: phrases.planning(titleIn(meta.language, target, languages)) }]
        : []
    }),
  }
}

/** A title in quotation marks, so that a sentence can hold it; followed by its language where that is another one. */
function titleIn(language: Language, { meta }: Guide, languages: PathLanguages): string {
  const title = `“${meta.title}”`
  if (meta.language === language) return title
  const { name, nameIn } = profileOf(languages, meta.language)
  return title + profileOf(languages, language).paths.inLanguage(nameIn[language] ?? name)
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

/** Steps in the usual order; any later guide is nearer than any earlier one. */
function distance(from: Guide, to: Guide): number {
  const step = to.meta.order - from.meta.order
  return step > 0 ? step : EARLIER - step
}
