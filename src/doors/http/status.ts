/** Handlers for operators: whether the process is alive, whether and how it can answer, and its metrics. */
import type { Health, Readiness } from '../../engine/core/service-status.ts'
import { METRICS_TYPE, type Metrics, serviceGauges } from './metrics.ts'
import type { RouteHandler } from './route.ts'
import { answerMode, readyService, type ServiceState } from './service-state.ts'

export type StatusDeps = {
  readonly state: () => ServiceState
  readonly metrics: Metrics
  /** How many questions are in progress or waiting. */
  readonly inFlight: () => number
}

export function createStatusHandlers({ state, metrics, inFlight }: StatusDeps) {
  const health: RouteHandler = (c) => c.json({ status: 'ok' } satisfies Health)
  const ready: RouteHandler = (c) => {
    const service = readyService(state())
    const { library, modelId, hasModel, vectorIndex } = service
    return c.json({
      status: 'ready',
      mode: answerMode(service),
      degraded: !hasModel,
      index: { id: library.indexId, model: modelId, passages: library.passageCount, vectorIndex },
    } satisfies Readiness)
  }
  const counters: RouteHandler = (c) =>
    c.body(metrics.render(serviceGauges(state(), inFlight())), 200, {
      'content-type': METRICS_TYPE,
    })
  return { health, ready, metrics: counters }
}
