#!/usr/bin/env node
/** Entry point of the bin `nss-copilot`. */
import { runBin } from './program.ts'

// A reader that closes the pipe early, such as `head`, is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const { env, stdin, stdout, stderr } = process
const exitCode = await runBin(process.argv.slice(2), { env, stdin, stdout, stderr })
if (exitCode !== 0) process.exitCode = exitCode
