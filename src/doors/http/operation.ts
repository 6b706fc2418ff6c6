/** What operators ask: is the process alive, is it ready and how does it answer, what has it counted. */
import { Hono } from 'hono'
import { METRICS_TYPE, type Metrics, serviceGauges } from './metrics.ts'
import { answersAs, readyService, type ServiceState } from './service.ts'

export type OperationDeps = {
  readonly state: () => ServiceState
  readonly metrics: Metrics
  readonly inFlight: () => number
}

export function createOperationRoutes({ state, metrics, inFlight }: OperationDeps): Hono {
  const app = new Hono()
  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/ready', (c) => {
    const service = readyService(state())
    const { library, modelId, hasModel, vectorIndex } = service
    return c.json({
      status: 'ready',
      mode: answersAs(service),
      degraded: !hasModel,
      index: { id: library.indexId, model: modelId, passages: library.passageCount, vectorIndex },
    })
  })
  app.get('/metrics', (c) =>
    c.body(metrics.render(serviceGauges(state(), inFlight())), 200, {
      'content-type': METRICS_TYPE,
    }),
  )
  return app
}
