/** `nss-copilot serve`: starts the HTTP service. */
import { describeSettings, parseConfig } from '../../start/config.ts'
import type { AddCommands } from './run-program.ts'

/** The list of settings for `--help`. */
export function settingsHelp(): string {
  return `Settings (environment variables) and their defaults:\n${describeSettings()}`
}

export const addServe: AddCommands = (program, { terminal }) => {
  program
    .command('serve')
    .description(
      'start the HTTP service; on SIGTERM or SIGINT it finishes the requests in progress, then exits',
    )
    .option('--port <number>', 'port to listen on; 0 picks a free one (PORT)')
    .option('--host <address>', 'address to listen on (HOST)')
    .addHelpText(
      'after',
      () => `
Examples:
  $ nss-copilot serve
  $ nss-copilot serve --port 0
  $ PUBLIC_BASE_URL=https://guides.example nss-copilot serve --host 0.0.0.0

${settingsHelp()}`,
    )
    .action(async ({ port, host }: { port?: string; host?: string }) => {
      const given = {
        ...(port === undefined ? {} : { PORT: port }),
        ...(host === undefined ? {} : { HOST: host }),
      }
      const env = { ...terminal.env, ...given }
      // Checked here so that an invalid setting exits with 2, as for every command; the service itself would exit with 1.
      parseConfig(env)
      const { main } = await import('../../start/http-service.ts')
      await main([], env)
    })
}
