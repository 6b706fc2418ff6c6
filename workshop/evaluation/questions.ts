/** Judged questions: judgments quote a guide, so that they stay valid however guides are chunked. */
import { join } from 'node:path'
import * as z from 'zod'
import { createNodeFiles } from '../../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { languageSchema } from '../../src/engine/core/language.ts'

export const questionSchema = z.strictObject({
  id: z.string().min(1),
  text: z.string().min(1),
  language: z.enum(['en', 'es', 'mixed']),
  style: z.enum(['keyword', 'natural', 'verbose', 'typo', 'no-accents', 'mixed']),
  topic: z.string(),
  /** `near-domain`: about the same subjects, but not answered by the guides. */
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

/** Throws `evaluation_invalid` naming file and line, also for an answerable question without judgments. */
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

/** Reads every `*.jsonl` of the folder, in name order. Throws `evaluation_invalid` for no questions and for a repeated id. */
export async function readQuestions(dir: string): Promise<Question[]> {
  const files = createNodeFiles()
  const questions: Question[] = []
  for (const name of await files.list(dir)) {
    if (!name.endsWith('.jsonl')) continue
    questions.push(...parseQuestions(join(dir, name), await files.readText(join(dir, name))))
  }
  if (questions.length === 0) {
    throw new RetrievalError('evaluation_invalid', `${dir} holds no questions`)
  }
  const ids = new Set<string>()
  for (const { id } of questions) {
    if (ids.has(id))
      throw new RetrievalError('evaluation_invalid', `${dir}: question id ${id} is used twice`)
    ids.add(id)
  }
  return questions
}

/** Whether the folder exists and has a file of questions. */
export async function hasQuestions(dir: string): Promise<boolean> {
  return (await createNodeFiles().list(dir)).some((name) => name.endsWith('.jsonl'))
}
