/** The questions that authors expect a guide to answer: `corpus/asked/LANGUAGE/ID.yaml`, which lists them by anchor. */
import * as z from 'zod'
import type { Guide } from '../core/guide.ts'
import { type GuideFile, guideFault, normalizeText, parseYaml } from './front-matter.ts'

const fileSchema = z.record(z.string(), z.array(z.string().trim().min(1).max(300)).min(1))

/** The guide with its sections' questions. Throws `guide_invalid` for an anchor that the guide does not have. */
export function withExpectedQuestions(guide: Guide, file: GuideFile): Guide {
  const { value, lineOf } = parseYaml(file.path, normalizeText(file.content), fileSchema)
  const questions = new Map(Object.entries(value))
  for (const anchor of questions.keys()) {
    if (!guide.sections.some((section) => section.anchor === anchor)) {
      throw guideFault(
        file.path,
        lineOf([anchor]),
        `no section of ${guide.meta.language}/${guide.meta.id}.md has the anchor ${anchor}: correct or remove it`,
      )
    }
  }
  const sections = guide.sections.map((section) => ({
    ...section,
    expectedQuestions: questions.get(section.anchor) ?? [],
  }))
  return { ...guide, sections }
}
