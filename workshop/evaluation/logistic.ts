/** Logistic regression with an L2 penalty, by Newton's method (iteratively reweighted least squares). */

export type Example = { readonly signals: Readonly<Record<string, number>>; readonly label: 0 | 1 }
export type Fitted = { readonly bias: number; readonly weights: Record<string, number> }

const MAX_STEPS = 100
const CONVERGED = 1e-9

/** Deterministic. Signals are standardized for the fit, so that one penalty suits all; the returned weights apply to raw signals. */
export function fitLogistic(
  examples: readonly Example[],
  names: readonly string[],
  penalty = 1,
): Fitted {
  const scales = names.map((name) => {
    const values = examples.map((example) => example.signals[name] ?? 0)
    const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
    const variance =
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1)
    return { mean, deviation: Math.sqrt(variance) || 1 }
  })
  const rows = examples.map(({ signals }) => [
    1,
    ...names.map((name, i) => {
      const scale = scales[i]
      return scale ? ((signals[name] ?? 0) - scale.mean) / scale.deviation : 0
    }),
  ])
  const beta = descend(
    rows,
    examples.map((example) => example.label),
    penalty,
  )
  const weights: Record<string, number> = {}
  let bias = beta[0] ?? 0
  names.forEach((name, i) => {
    const { mean, deviation } = scales[i] ?? { mean: 0, deviation: 1 }
    const weight = (beta[i + 1] ?? 0) / deviation
    weights[name] = weight
    bias -= weight * mean
  })
  return { bias, weights }
}

function descend(rows: readonly number[][], labels: readonly number[], penalty: number): number[] {
  const width = rows[0]?.length ?? 1
  const beta = new Array<number>(width).fill(0)
  for (let step = 0; step < MAX_STEPS; step++) {
    const gradient = beta.map((value, j) => (j === 0 ? 0 : penalty * value))
    const hessian = beta.map((_, j) => beta.map((_, k) => (j === k && j > 0 ? penalty : 0)))
    rows.forEach((row, i) => {
      const p = 1 / (1 + Math.exp(-row.reduce((sum, value, j) => sum + value * (beta[j] ?? 0), 0)))
      const error = p - (labels[i] ?? 0)
      const weight = Math.max(p * (1 - p), 1e-9)
      row.forEach((value, j) => {
        gradient[j] = (gradient[j] ?? 0) + error * value
        const line = hessian[j] ?? []
        row.forEach((other, k) => {
          line[k] = (line[k] ?? 0) + weight * value * other
        })
      })
    })
    const change = solve(hessian, gradient)
    change.forEach((value, j) => {
      beta[j] = (beta[j] ?? 0) - value
    })
    if (change.every((value) => Math.abs(value) < CONVERGED)) break
  }
  return beta
}

/** Gaussian elimination with partial pivoting. The penalty keeps the matrix invertible. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let i = column + 1; i < size; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i
    }
    const top = rows[pivot] ?? []
    rows[pivot] = rows[column] ?? []
    rows[column] = top
    const head = top[column] || 1e-12
    for (let i = 0; i < size; i++) {
      const row = rows[i]
      if (i === column || !row) continue
      const factor = (row[column] ?? 0) / head
      for (let k = column; k <= size; k++) row[k] = (row[k] ?? 0) - factor * (top[k] ?? 0)
    }
  }
  return rows.map((row, i) => (row[size] ?? 0) / (row[i] || 1e-12))
}
