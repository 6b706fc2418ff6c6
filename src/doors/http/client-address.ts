/** The client's address: that of the connection, or the one that trusted proxies report. */
import type { Context } from 'hono'

export type ClientAddress = {
  /** Remote address of the connection; undefined if the runtime does not know it. */
  readonly socketAddress: (c: Context) => string | undefined
  /** How many trusted proxies in front of the service append to X-Forwarded-For. With 0 the header is ignored, because anyone can set it. */
  readonly trustedProxies: number
}

/**
 * The key that identifies a client. Each proxy appends the address of its caller, so only the rightmost entries can be
 * trusted: with one proxy that is the last entry, whatever the caller put before it.
 */
export function clientOf(c: Context, { socketAddress, trustedProxies }: ClientAddress): string {
  const socket = parseAddress(socketAddress(c) ?? '') ?? 'unknown'
  if (trustedProxies === 0) return socket
  const entries = (c.req.header('x-forwarded-for') ?? '').split(',')
  return parseAddress(entries[Math.max(0, entries.length - trustedProxies)] ?? '') ?? socket
}

const IPV4 = /^(\d{1,3}\.){3}\d{1,3}$/
const IPV6 = /^[0-9a-f:.]+$/

/**
 * Normalizes an address: no brackets, port or zone. An IPv6 address is cut to its /64 prefix, because one client usually
 * controls all addresses in it. Returns undefined for anything that is not an address.
 */
export function parseAddress(text: string): string | undefined {
  const written = text.trim().toLowerCase()
  const bare = (/^\[(.*)\](?::\d+)?$/.exec(written)?.[1] ?? written).split('%')[0] ?? ''
  // `::ffff:192.0.2.1` is how dual-stack sockets report IPv4 clients.
  const v4 = bare.replace(/^::ffff:(?=[\d.]+(:\d+)?$)/, '').replace(/^([\d.]+):\d+$/, '$1')
  if (IPV4.test(v4)) return v4
  if (!IPV6.test(bare) || !bare.includes(':') || bare.split('::').length > 2) return undefined
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array<string>(Math.max(0, gap)).fill('0'), ...right]
  if (groups.length !== 8 || groups.some((group) => !/^[0-9a-f]{1,4}$/.test(group))) {
    return undefined
  }
  const network = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${network.join(':')}::/64`
}
