/** The operator's log: one JSON line per event on stderr. Questions are logged only at debug level, and masked. */
import { pino } from 'pino'
import type { RequestLog } from '../doors/http/request-log.ts'
import { maskIdentifiers } from '../engine/core/mask.ts'

export type Log = RequestLog & { info(message: string): void; warn(message: string): void }

export function createLog(level: string): Log {
  const logger = pino({ level, base: null }, pino.destination({ dest: 2, sync: true }))
  const tenths = (ms: number) => Math.round(ms * 10) / 10
  return {
    info: (message) => logger.info(message),
    warn: (message) => logger.warn(message),
    request: ({ method, path, status, ms }) =>
      logger.info({ method, path: maskIdentifiers(path), status, ms: tenths(ms) }, 'request'),
    question: ({ query, verdict, ms }) =>
      logger.debug({ query: maskIdentifiers(query), verdict, ms: tenths(ms) }, 'question'),
    fault: (error, { method, path }) =>
      logger.error({ err: error, method, path: maskIdentifiers(path) }, 'fault'),
  }
}

/** How library code reports a message: as a warning that the host program can handle, not in a log of its own. */
export function warnProcess(message: string): void {
  process.emitWarning(message, 'NssCopilotWarning')
}
