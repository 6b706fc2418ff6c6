/** Which guides to read after one: ids with reasons, computed when the index is built. */

export type PathId = { readonly id: string; readonly reason: string }

export type KnowledgePathIds = {
  nextSteps: PathId[]
  siblings: PathId[]
  planning: PathId[]
}
