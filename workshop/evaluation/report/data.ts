/** Everything that the report shows, as measured. */
import type { Change } from '../baseline.ts'
import type { CitationFigures } from '../citation-check.ts'
import type { Point } from '../curves.ts'
import type { ReliabilityBin } from '../gate.ts'
import type { CalibrationError, GateFigures } from '../gate-figures.ts'
import type { Slice } from '../slices.ts'
import type { SystemDifference } from '../system-difference.ts'
import type { WorstQuestion } from '../worst.ts'

export type Measured = {
  readonly name: string
  readonly slices: readonly Slice[]
  readonly gate: GateFigures | undefined
}

export type Timing = {
  readonly name: string
  readonly points: readonly Point[]
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

export type ExplainedQuestion = WorstQuestion & {
  /** Written by a person; undefined: not read yet. */
  readonly reason: string | undefined
}

export type ReportData = {
  readonly date: string
  readonly index: {
    readonly id: string
    readonly model: string
    readonly passages: number
    readonly guides: number
  }
  readonly questions: {
    readonly all: number
    readonly answerable: number
    readonly spanish: number
    readonly nearDomain: number
    readonly outOfDomain: number
    readonly acceptance: number
  }
  readonly test: Measured
  readonly dev: Measured
  readonly acceptance: Measured
  readonly citations: CitationFigures
  readonly recall: readonly { readonly name: string; readonly points: readonly Point[] }[]
  readonly ablations: readonly {
    readonly name: string
    readonly about: string
    readonly difference: SystemDifference
  }[]
  readonly risk: {
    readonly unanswerable: readonly Point[]
    readonly wrong: readonly Point[]
    /** Share of the questions that the shipped threshold lets through. */
    readonly shipped: number
  }
  readonly reliability: {
    readonly questions: readonly ReliabilityBin[]
    readonly passages: readonly ReliabilityBin[]
    readonly passageError: CalibrationError
  }
  readonly timings: readonly Timing[]
  /** Undefined: there is no baseline to hold against. */
  readonly baseline: { readonly date: string; readonly changes: readonly Change[] } | undefined
  readonly worst: readonly ExplainedQuestion[]
}
