/** How a thread starts when this runs from source. */

/** Node 20 does not pass `--import tsx` on to a thread's entry: the thread registers the loader itself. */
export function importWithTsx(href: string): string {
  const tsx = import.meta.resolve('tsx/esm/api')
  return `import('${tsx}').then(({ register }) => { register(); return import('${href}') })`
}
