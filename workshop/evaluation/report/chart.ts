/** Draws a chart as SVG with Observable Plot, in a document without a browser. */
import { type PlotOptions, plot } from '@observablehq/plot'
import { raw } from 'hono/html'
import { parseHTML } from 'linkedom'
import type { Html } from './parts.ts'

/** Pixels; the margins hold axes and labels. */
export type ChartBox = Required<
  Pick<
    PlotOptions,
    'width' | 'height' | 'marginLeft' | 'marginRight' | 'marginTop' | 'marginBottom'
  >
>

/** Looks of every axis: no tick marks, no arrows, quiet labels. */
export const AXIS = {
  tickSize: 0,
  labelArrow: 'none',
  fill: 'var(--soft)',
  fontSize: 12,
} as const
export const GRID = { stroke: 'var(--grid)', strokeOpacity: 1 } as const
/** Lines that values are read against. */
export const REFERENCE = { stroke: 'var(--soft)', strokeDasharray: '4 4' } as const

/** `about` says in words what the chart shows: screen readers read it instead of the drawing. */
export function chart(about: string, options: PlotOptions): Html {
  const { document } = parseHTML('<!doctype html><html></html>')
  const svg = plot({ ...options, document, className: 'plot', ariaLabel: about })
  svg.setAttribute('role', 'img')
  // The page has one style sheet, and the drawing takes the width of its figure.
  svg.querySelector('style')?.remove()
  for (const name of ['width', 'height']) svg.removeAttribute(name)
  // Plot labels every group by the kind of its marks; inside an image that says nothing.
  for (const group of svg.querySelectorAll('g')) group.removeAttribute('aria-label')
  return raw(svg.outerHTML)
}

export function percent(value: number): string {
  return `${Math.round(value * 100)} %`
}
