/** Says what is missing, else starts the real service for all suites. */
import { spawn } from 'node:child_process'
import type { TestProject } from 'vitest/node'
import { missingTools, ROOT, SERVE } from './tools.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the real service listens. */
    url: string
  }
}

/** Loading takes seconds; a busy machine may need many times as long. */
const READY_MS = 120_000

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const missing = missingTools()
  if (missing.length > 0)
    throw new Error(`the independent suites cannot run:\n- ${missing.join('\n- ')}`)
  const child = spawn(process.execPath, [SERVE], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    let log = ''
    const late = setTimeout(() => reject(new Error(`not ready:\n${log}`)), READY_MS)
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-10_000)
      const ready = /ready at (http:\/\/[^ ]+)/.exec(log)?.[1]
      if (!ready) return
      clearTimeout(late)
      resolve(ready)
    })
    child.once('close', () => reject(new Error(`the service ended:\n${log}`)))
  })
  project.provide('url', url)
  return async () => {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('close', resolve))
  }
}
