/**
 * Addresses of guides and passages as MCP resources. A scheme of our own, since an `https:` address promises that the
 * client can fetch it by itself: over stdio no web server need run.
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

/** Midnight UTC of a date: what `lastModified` wants. */
export function toTimestamp(date: string): string {
  return `${date}T00:00:00Z`
}
