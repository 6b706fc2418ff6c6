/** The quick scan of each guide, made anew once a day: only staleness changes, and only with the date. */
import type { BuiltGuide } from '../core/index-snapshot.ts'
import type { QuickScan } from '../core/quick-scan.ts'
import type { Citations } from './citations.ts'
import type { GuidesById } from './guides-by-id.ts'

export type QuickScans = (guide: BuiltGuide) => QuickScan

export function createQuickScans(
  byId: GuidesById,
  citations: Citations,
  now: () => Date,
): QuickScans {
  const scans = new Map<BuiltGuide, { readonly day: string; readonly scan: QuickScan }>()
  return (guide) => {
    const day = now().toISOString().slice(0, 10)
    const known = scans.get(guide)
    if (known?.day === day) return known.scan
    const scan = toQuickScan(guide, byId, citations)
    scans.set(guide, { day, scan })
    return scan
  }
}

function toQuickScan(guide: BuiltGuide, byId: GuidesById, citations: Citations): QuickScan {
  const { meta } = guide
  const { fixFirst, quickScan } = meta
  const target = fixFirst && byId.findIn(fixFirst.guide, meta.language)
  return {
    guide: byId.link(meta),
    bestFor: quickScan.bestFor,
    helpsYouDo: quickScan.helpsYouDo,
    coreQuestions: quickScan.coreQuestions.map(({ question }) => question),
    officialBodies: quickScan.officialBodies,
    chips: meta.chips,
    facts: citations.ofFacts(guide).map(({ fact, citation }) => ({
      key: fact.key,
      kind: fact.kind,
      label: fact.label,
      value: fact.value,
      citation,
    })),
    fixFirst: fixFirst && target ? { guide: byId.link(target.meta), why: fixFirst.why } : null,
    updated: meta.updated,
    stale: byId.isStale(meta),
  }
}
