/** Every system on every set: nDCG@10, and the median time of a question as a multiple of ours in the same run. */
import { readFile } from 'node:fs/promises'
import { mean, ndcgAt } from '../../dist/workshop/evaluation/measures.js'
import { langchainSystems } from './langchain.mjs'
import { openMaterial } from './material.mjs'
import { minisearchSystems } from './minisearch.mjs'
import { oramaSystems } from './orama.mjs'
import { OURS, openOurs } from './ours.mjs'

/** A system is `{ name, rank(query) }`, ids best first; `untimed` where it was handed part of its work. */
export async function openSystems(material) {
  return [
    await openOurs(material),
    ...minisearchSystems(material),
    ...(await oramaSystems(material)),
    ...(await langchainSystems(material)),
  ]
}

export async function sideBySide(dirs) {
  const sets = []
  for (const dir of dirs) {
    const material = await openMaterial(dir)
    console.error(
      `${material.name}: ${material.documents.length} documents, ${material.queries.length} queries`,
    )
    sets.push({ name: material.name, results: await measure(material) })
  }
  console.log(`Node ${process.version}; ${await versions()}\n`)
  console.log(toTable(sets))
}

/** All systems answer a question before the next question starts, so that a busy machine slows all of them alike. */
export async function measure({ queries, qrels, ...material }) {
  const systems = await openSystems({ queries, ...material })
  const results = systems.map(({ name, untimed }) => ({ name, untimed, gains: [], timesMs: [] }))
  for (const query of queries) {
    for (const [i, { rank }] of systems.entries()) {
      const start = performance.now()
      const ids = await rank(query)
      results[i].timesMs.push(performance.now() - start)
      results[i].gains.push(ndcgAt(ids, qrels.get(query.id) ?? new Map(), 10))
    }
  }
  return results.map(({ name, untimed, gains, timesMs }) => ({
    name,
    ndcg: mean(gains),
    medianMs: untimed ? undefined : median(timesMs),
  }))
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function toTable(sets) {
  const cell = ({ name, ndcg, medianMs }, results) => {
    if (medianMs === undefined) return ndcg.toFixed(3)
    const ours = results.find((result) => result.name === OURS)
    const time =
      name === OURS ? `${medianMs.toFixed(2)} ms` : `×${toRatio(medianMs / ours.medianMs)}`
    return `${ndcg.toFixed(3)} (${time})`
  }
  const rows = sets[0].results.map(({ name }, i) => [
    name,
    ...sets.map(({ results }) => cell(results[i], results)),
  ])
  const head = ['nDCG@10 (time)', ...sets.map((set) => set.name)]
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

const toRatio = (ratio) => (ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0))

async function versions() {
  const manifest = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'))
  return Object.entries(manifest.dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}
