/** Everything that the report shows, as measured. */

import type { AbstentionFigures, CalibrationError } from '../abstention.ts'
import type { Change } from '../baseline.ts'
import type { CitationFigures } from '../citation-check.ts'
import type { CurvePoint } from '../curves.ts'
import type { ReliabilityBin } from '../probability-measures.ts'
import type { SliceFigures } from '../slices.ts'
import type { SystemDifference } from '../system-difference.ts'
import type { WorstQuestion } from '../worst.ts'

export type Measured = {
  readonly name: string
  readonly slices: readonly SliceFigures[]
  readonly abstention: AbstentionFigures | undefined
}

export type Timing = {
  readonly name: string
  readonly points: readonly CurvePoint[]
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

export type ExplainedQuestion = WorstQuestion & {
  /** Written by a person; undefined: nobody has read the question yet. */
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
  readonly recall: readonly { readonly name: string; readonly points: readonly CurvePoint[] }[]
  readonly ablations: readonly {
    readonly name: string
    readonly about: string
    readonly difference: SystemDifference
  }[]
  readonly risk: {
    readonly unanswerable: readonly CurvePoint[]
    readonly wrong: readonly CurvePoint[]
    /** Share of the questions that are answered at the shipped threshold. */
    readonly shipped: number
  }
  readonly reliability: {
    readonly questions: readonly ReliabilityBin[]
    readonly passages: readonly ReliabilityBin[]
    readonly passageError: CalibrationError
  }
  readonly timings: readonly Timing[]
  /** Undefined: there is no baseline to compare with. */
  readonly baseline: { readonly date: string; readonly changes: readonly Change[] } | undefined
  readonly worst: readonly ExplainedQuestion[]
}
