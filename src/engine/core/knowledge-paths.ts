/** Where a reader goes after a guide: ids and reasons, computed once at build time and the same on every surface. */

export type PathId = { readonly id: string; readonly reason: string }

export type KnowledgePathIds = {
  nextSteps: PathId[]
  siblings: PathId[]
  planning: PathId[]
}
