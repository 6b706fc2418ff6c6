/**
 * URIs of guides and passages as MCP resources. They use a custom scheme, because an `https:` URI would promise that the
 * client can fetch it directly, while with stdio there may be no web server.
 */
import type { Language } from '../../engine/core/language.ts'

export const GUIDE_TEMPLATE = 'nss-copilot://guides/{guide}/{language}'
export const PASSAGE_TEMPLATE = 'nss-copilot://passages/{passage}'

export function guideUri(id: string, language: Language): string {
  return `nss-copilot://guides/${id}/${language}`
}

export function passageUri(id: string): string {
  return `nss-copilot://passages/${id}`
}

/** A date as midnight UTC, because `lastModified` must be a timestamp. */
export function toTimestamp(date: string): string {
  return `${date}T00:00:00Z`
}
