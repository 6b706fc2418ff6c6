/** From values to places in a drawing, and the round values to mark. */

export type Scale = ((value: number) => number) & { readonly domain: readonly [number, number] }

export function linearScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const width = domain[1] - domain[0] || 1
  const scale = (value: number) =>
    round(range[0] + ((value - domain[0]) / width) * (range[1] - range[0]))
  return Object.assign(scale, { domain })
}

/** Values at or below 0 stand at the domain's start. */
export function logScale(
  domain: readonly [number, number],
  range: readonly [number, number],
): Scale {
  const linear = linearScale([Math.log(domain[0]), Math.log(domain[1])], range)
  const scale = (value: number) => linear(Math.log(Math.max(value, domain[0])))
  return Object.assign(scale, { domain })
}

/** About `count` steps of 1, 2 or 5 times a power of ten, within the domain. */
export function ticks([from, to]: readonly [number, number], count: number): number[] {
  const rough = (to - from) / count
  if (!(rough > 0)) return [from]
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step))
}

/** 1, 2 and 5 times powers of ten within the domain. */
export function logTicks([from, to]: readonly [number, number]): number[] {
  const found: number[] = []
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++) {
    for (const factor of [1, 2, 5]) {
      const value = tidy(factor * 10 ** power)
      if (value >= from && value <= to) found.push(value)
    }
  }
  return found
}

/** The domain that holds all values, its ends on round ones. */
export function niceDomain(values: readonly number[], count = 5): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  if (!(low < high)) return Number.isFinite(low) ? [low - 0.5, low + 0.5] : [0, 1]
  const marks = ticks([low, high], count)
  const step = (marks[1] ?? high) - (marks[0] ?? low) || high - low
  return [tidy(Math.floor(low / step + 1e-9) * step), tidy(Math.ceil(high / step - 1e-9) * step)]
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

/** Without the dust of floating-point arithmetic; 0, never -0. */
function tidy(value: number): number {
  return Number(value.toPrecision(12)) + 0
}
