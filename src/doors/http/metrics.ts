/** Counters and durations in the Prometheus text format (version 0.0.4). They never contain the text of a question. */
import { answerMode, type ServiceState } from './service-state.ts'

/** Upper bounds in seconds; most questions take about ten milliseconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
/** All other methods share one label, because clients can send arbitrary ones and each label costs memory. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

type Labels = Readonly<Record<string, string>>

export type Gauge = {
  readonly name: string
  readonly help: string
  readonly value: number
  readonly labels?: Labels
}

export type Metrics = {
  /** `route`: the pattern of the matched route, not the requested path. `ms`: time until the response. */
  request(entry: { method: string; route: string; status: number; ms: number }): void
  answer(entry: { verdict: string; degraded: boolean }): void
  quote(verdict: string): void
  /** The metrics as text: counters and histograms, then the gauges. */
  render(gauges: readonly Gauge[]): string
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export function createMetrics(): Metrics {
  const requests = createCounter('nss_http_requests_total', 'Requests by route and status.')
  const answers = createCounter('nss_answers_total', 'Answers by verdict of answerability.')
  const degraded = createCounter('nss_answers_degraded_total', 'Answers given without the model.')
  const quotes = createCounter('nss_quotes_total', 'Quotes checked, by verdict.')
  const durations = new Map<string, { counts: number[]; sum: number; count: number }>()
  // Prometheus needs a series to exist at 0 to see its first increase.
  degraded.add({}, 0)

  return {
    request({ method, route, status, ms }) {
      const known = METHODS.has(method) ? method : 'other'
      requests.add({ route, method: known, status: String(status) })
      const seconds = ms / 1000
      const series = durations.get(route) ?? { counts: BUCKETS.map(() => 0), sum: 0, count: 0 }
      series.sum += seconds
      series.count++
      // Buckets are cumulative: each counts everything up to its bound.
      series.counts = series.counts.map((n, i) => (seconds <= (BUCKETS[i] ?? 0) ? n + 1 : n))
      durations.set(route, series)
    },
    answer(entry) {
      answers.add({ verdict: entry.verdict })
      if (entry.degraded) degraded.add({})
    },
    quote: (verdict) => quotes.add({ verdict }),
    render(gauges) {
      const lines = [requests, answers, degraded, quotes].flatMap((counter) => counter.lines())
      const name = 'nss_http_request_duration_seconds'
      lines.push(`# HELP ${name} Time to answer, by route.`, `# TYPE ${name} histogram`)
      for (const [route, { counts, sum, count }] of durations) {
        counts.forEach((value, i) => {
          lines.push(sample(`${name}_bucket`, { route, le: String(BUCKETS[i]) }, value))
        })
        lines.push(sample(`${name}_bucket`, { route, le: '+Inf' }, count))
        lines.push(sample(`${name}_sum`, { route }, sum), sample(`${name}_count`, { route }, count))
      }
      for (const { name: gauge, help, value, labels } of gauges) {
        lines.push(`# HELP ${gauge} ${help}`, `# TYPE ${gauge} gauge`)
        lines.push(sample(gauge, labels ?? {}, value))
      }
      return `${lines.join('\n')}\n`
    },
  }
}

/** The current state: whether the service is ready, how many questions are in progress, which index and model are in use. */
export function serviceGauges(state: ServiceState, inFlight: number): Gauge[] {
  const gauges: Gauge[] = [
    {
      name: 'nss_ready',
      help: '1 once the index is loaded.',
      value: state.status === 'ready' ? 1 : 0,
    },
    {
      name: 'nss_questions_in_flight',
      help: 'Questions being answered or waiting.',
      value: inFlight,
    },
  ]
  if (state.status !== 'ready') return gauges
  const { library, modelId, vectorIndex } = state.service
  const labels = {
    id: library.indexId,
    model: modelId,
    mode: answerMode(state.service),
    vectorIndex,
  }
  return [
    ...gauges,
    { name: 'nss_index_passages', help: 'Passages of the index.', value: library.passageCount },
    { name: 'nss_index_info', help: 'Which index and model answer.', value: 1, labels },
  ]
}

function createCounter(name: string, help: string) {
  const series = new Map<string, number>()
  return {
    add(labels: Labels, by = 1) {
      const key = toLabels(labels)
      series.set(key, (series.get(key) ?? 0) + by)
    },
    lines: () => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} counter`,
      ...[...series].map(([labels, value]) => `${name}${labels} ${value}`),
    ],
  }
}

function sample(name: string, labels: Labels, value: number): string {
  return `${name}${toLabels(labels)} ${value}`
}

function toLabels(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${quoted(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function quoted(value: string): string {
  return value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')
}
