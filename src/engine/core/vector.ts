/** Arithmetic on embedding vectors. */
import { RetrievalError } from './errors.ts'

/** The dot product. Four independent sums take half the time of one, since no addition waits for the previous one. */
export function dot(a: Float32Array, b: Float32Array): number {
  const whole = a.length - (a.length % 4)
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] ?? 0) * (b[i] ?? 0)
    s1 += (a[i + 1] ?? 0) * (b[i + 1] ?? 0)
    s2 += (a[i + 2] ?? 0) * (b[i + 2] ?? 0)
    s3 += (a[i + 3] ?? 0) * (b[i + 3] ?? 0)
  }
  for (let i = whole; i < a.length; i++) s0 += (a[i] ?? 0) * (b[i] ?? 0)
  return s0 + s1 + s2 + s3
}

/**
 * The dot products of one vector with all rows of a row-major table. Four rows at a time, so that the vector is read
 * once for all four.
 */
export function dotRows(
  table: Float32Array,
  dimensions: number,
  vector: Float32Array,
): Float64Array {
  const count = table.length / dimensions
  const products = new Float64Array(count)
  // Converted to doubles once instead of once per row.
  const wide = Float64Array.from(vector)
  let row = 0
  for (; row + 4 <= count; row += 4) {
    const first = row * dimensions
    const second = first + dimensions
    const third = second + dimensions
    const fourth = third + dimensions
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    for (let i = 0; i < dimensions; i++) {
      const value = wide[i] ?? 0
      s0 += (table[first + i] ?? 0) * value
      s1 += (table[second + i] ?? 0) * value
      s2 += (table[third + i] ?? 0) * value
      s3 += (table[fourth + i] ?? 0) * value
    }
    products[row] = s0
    products[row + 1] = s1
    products[row + 2] = s2
    products[row + 3] = s3
  }
  for (; row < count; row++) {
    products[row] = dot(table.subarray(row * dimensions, (row + 1) * dimensions), vector)
  }
  return products
}

/** Scales to unit length in place; a zero vector stays zero. */
export function normalize(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(dot(vector, vector))
  if (norm > 0) for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) / norm
  return vector
}

/** Throws `vector_invalid` unless the vector has the right number of dimensions and only finite numbers. */
export function checkVector(vector: Float32Array, dimensions: number): void {
  if (vector.length !== dimensions) {
    throw new RetrievalError(
      'vector_invalid',
      `the vector has ${vector.length} dimensions and the index ${dimensions}: embed with the model that built the index`,
    )
  }
  for (const value of vector) {
    if (!Number.isFinite(value))
      throw new RetrievalError(
        'vector_invalid',
        'the vector contains NaN or infinity: the embedding failed',
      )
  }
}

/** Mean of vectors; zeros for none. */
export function meanVector(vectors: Iterable<Float32Array>, dimensions: number): Float32Array {
  const mean = new Float32Array(dimensions)
  let count = 0
  for (const vector of vectors) {
    count++
    for (let i = 0; i < dimensions; i++) mean[i] = (mean[i] ?? 0) + (vector[i] ?? 0)
  }
  return count === 0 ? mean : mean.map((value) => value / count)
}
