/** Reads a folder of question files. */
import { join } from 'node:path'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import { parseQuestions, type Question } from '../questions.ts'

/** Every `*.jsonl` of the folder, in name order. Throws `evaluation_invalid` for none and for a repeated id. */
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
      throw new RetrievalError('evaluation_invalid', `question id ${id} stands twice`)
    ids.add(id)
  }
  return questions
}

/** Whether the folder is there and holds a file of questions. */
export async function hasQuestions(dir: string): Promise<boolean> {
  return (await createNodeFiles().list(dir)).some((name) => name.endsWith('.jsonl'))
}
