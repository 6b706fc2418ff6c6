/** The tool `quick_scan`: returns the key facts of one guide. */
import type { McpServer } from '@modelcontextprotocol/server'
import * as z from 'zod'
import { languageSchema } from '../../engine/core/language.ts'
import { quickScanSchema } from '../../engine/core/quick-scan.ts'
import { findGuide } from './fetch-target.ts'
import type { McpDeps } from './mcp-deps.ts'
import { readableScan } from './result-text.ts'
import { inLanguage, localeOf, READ_ONLY, runTool } from './tool-result.ts'

const inputSchema = z.strictObject({
  guide: z.string().min(1).max(80).describe('Id of the guide, such as nss or umf-registration'),
  language: languageSchema
    .optional()
    .describe(
      'Left out: the language of the user where known, else the one the guide is written in',
    ),
})

export function registerQuickScan(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'quick_scan',
    {
      title: 'Quick scan of a guide',
      description:
        'Returns the key facts of one guide at a glance: whom it is for, what it helps to do, cost, hours, phone, what is needed, limits and law, each with its citation, and what to fix first. Use it when the subject is clear and the user wants the essentials or a checklist. For a question, use retrieve; for the whole text, fetch with the guide id.',
      inputSchema,
      outputSchema: quickScanSchema,
      annotations: READ_ONLY,
    },
    ({ guide: id, language }, ctx) =>
      runTool(deps, 'quick_scan', ({ library }) => {
        const guide = findGuide(id, language, library, localeOf(ctx))
        const scan = library.quickScan(guide)
        return inLanguage(
          {
            content: [{ type: 'text', text: readableScan(scan) }],
            structuredContent: { ...scan },
          },
          guide.meta.language,
        )
      }),
  )
}
