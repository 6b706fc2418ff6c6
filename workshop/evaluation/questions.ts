/** The project's own questions: judged by guide and quoted span, so that judgments outlive any re-cutting. */
import * as z from 'zod'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { languageSchema } from '../../src/engine/core/language.ts'

export const questionSchema = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  language: z.enum(['en', 'es', 'mixed']),
  style: z.enum(['keyword', 'natural', 'verbose', 'typo', 'no-accents', 'mixed']),
  topic: z.string(),
  /** `near-domain`: sounds like the guides, but they do not answer it. */
  kind: z.enum(['answerable', 'near-domain', 'out-of-domain']),
  judgments: z.array(
    z.strictObject({
      guide: z.string(),
      language: languageSchema,
      /** Exact slice of the guide's canonical text. */
      quote: z.string().min(1),
      /** 2: answers the question; 1: helps with a part. */
      grade: z.union([z.literal(1), z.literal(2)]),
    }),
  ),
})
export type Question = z.infer<typeof questionSchema>

/** Throws `evaluation_invalid` naming file and line; an answerable question without judgments is one. */
export function parseQuestions(name: string, content: string): Question[] {
  return content.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    const fault = (what: string) =>
      new RetrievalError('evaluation_invalid', `${name}:${i + 1}: ${what}`)
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      throw fault('not JSON')
    }
    const result = questionSchema.safeParse(value)
    if (!result.success) {
      const issue = result.error.issues[0]
      throw fault(`${issue?.path.join('.')}: ${issue?.message}`)
    }
    const question = result.data
    const judged = question.judgments.some((judgment) => judgment.grade === 2)
    if ((question.kind === 'answerable') !== judged) {
      throw fault(
        question.kind === 'answerable'
          ? `question ${question.id} has no judgment of grade 2`
          : `question ${question.id} is ${question.kind} but has judgments`,
      )
    }
    return [question]
  })
}
