/** The port for reading guides, passages, citations and quick scans by id. Every door reads through it. */
import type { Citation } from './citation.ts'
import type { FrontMatter, Guide } from './guide.ts'
import type { GuideSummary } from './guide-document.ts'
import type { Language } from './language.ts'
import type { Passage } from './passage.ts'
import type { GuideLink, KnowledgePaths, QuickScan } from './quick-scan.ts'
import type { Source } from './source.ts'

export type PassageView = {
  readonly passage: Passage
  readonly citation: Citation
  readonly guide: GuideLink
  /** The passages before and after it in its guide. */
  readonly previous: string | null
  readonly next: string | null
}

export type Library = {
  readonly indexId: string
  /** What the URLs of guides begin with; without a trailing slash. */
  readonly baseUrl: string
  readonly passageCount: number
  /** Sorted by `order`, then language. */
  guides(): GuideSummary[]
  /** The guide in the given language, or, if none is given, in the first language that has it. */
  guide(id: string, language?: Language): Guide | undefined
  languagesOf(id: string): Language[]
  link(meta: FrontMatter): GuideLink
  /** Whether the guide's review date has passed. */
  isStale(meta: FrontMatter): boolean
  /** Throws `internal` for a guide of another library. */
  quickScan(guide: Guide): QuickScan
  /** Throws `internal` for a guide of another library. */
  paths(guide: Guide): KnowledgePaths
  /** In the order of the text. */
  passagesOf(guide: Guide): readonly Passage[]
  passage(id: string): PassageView | undefined
  cite(passage: Passage, citationId: string): Citation
  source(id: string): Source | undefined
}
