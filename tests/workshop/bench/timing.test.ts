import { describe, expect, it } from 'vitest'
import { throughput, timeInTurns } from '../../../workshop/bench/timing.ts'

describe('tasks that are timed in turns', () => {
  it('each work on every item once, and take turns in going first', async () => {
    const order: string[] = []
    const task = (name: string) => (item: number) => {
      order.push(`${name}${item}`)
    }
    const times = await timeInTurns({ a: task('a'), b: task('b') }, 10)
    const items = Array.from({ length: 10 }, (_, item) => item)
    for (const name of ['a', 'b'] as const) {
      expect(times[name]).toHaveLength(10)
      expect(order.filter((one) => one.startsWith(name))).toEqual(
        items.map((item) => `${name}${item}`),
      )
    }
    expect(order.indexOf('a0')).toBeLessThan(order.indexOf('b0'))
    expect(order.indexOf('b1')).toBeLessThan(order.indexOf('a1'))
  })

  it('reject when a task does', async () => {
    const failing = () => Promise.reject(new Error('no model'))
    await expect(timeInTurns({ failing }, 4)).rejects.toThrow('no model')
  })
})

it('throughput runs every task once and never more at a time than told', async () => {
  const seen: number[] = []
  let running = 0
  let most = 0
  const perSecond = await throughput(3, 20, async (item) => {
    seen.push(item)
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
  })
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, item) => item))
  expect(most).toBe(3)
  expect(perSecond).toBeGreaterThan(0)
})
