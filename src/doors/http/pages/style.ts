/** The one style sheet: system fonts, light and dark, narrow and wide, screen and paper. */

const SCREEN = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --panel: #f3f1ea; --ink: #1d2321; --soft: #55605b; --line: #dcd8cc;
  --link: #0a5a4b; --mark: #ffe58a; --mark-ink: #1d2321; --warn: #8a3b00; --warn-paper: #fff1dd; --accent: #0b5d4e; --on-accent: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #151917; --panel: #1e2421; --ink: #e6e9e4; --soft: #a9b4ae; --line: #35403a;
    --link: #7fd6bf; --mark: #6b5600; --mark-ink: #fff; --warn: #ffbe85; --warn-paper: #33240f; --accent: #7fd6bf; --on-accent: #10211c;
  }
}
* { box-sizing: border-box; }
html { font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; background: var(--paper); color: var(--ink); scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1.25rem 3rem; max-width: 46rem; overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .07em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
main:focus { outline: none; }
::target-text { background: var(--mark); color: var(--mark-ink); }
.skip { position: absolute; left: 1rem; top: -6rem; background: var(--accent); color: var(--on-accent); padding: .6rem 1rem; z-index: 2; }
.skip:focus { top: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
header.site { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; padding: .9rem 0; border-bottom: 1px solid var(--line); }
header.site a, header.site span { display: inline-block; padding: .35rem 0; }
.brand { font-weight: 700; letter-spacing: -.01em; color: var(--ink); text-decoration: none; }
.languages { margin-left: auto; display: flex; gap: 1rem; }
.languages span { color: var(--soft); }
.trail { font-size: .875rem; color: var(--soft); margin-top: .8rem; }
.trail ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: baseline; margin: 0; padding: 0; }
.trail li + li::before { content: "›"; margin-right: .5rem; }
.trail li { padding: .2rem 0; }
.trail a { padding: .2rem 0; }
h1, h2, h3, h4 { line-height: 1.2; letter-spacing: -.012em; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2.2vw, 2.5rem); margin: .9rem 0 .5rem; }
h2 { font-size: 1.4rem; margin: 2.6rem 0 .7rem; }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; }
p { margin: 0 0 1rem; }
.lead { font-size: 1.15rem; color: var(--soft); line-height: 1.5; }
.dates, .meta, .hint, .print-hint, .only-in, small { font-size: .875rem; color: var(--soft); }
.dates a { display: inline-block; padding: .15rem .1rem; }
.notice { background: var(--warn-paper); border-left: 4px solid var(--warn); padding: .7rem 1rem; }
.stale { color: var(--warn); font-weight: 600; }
.chips { list-style: none; display: flex; flex-wrap: wrap; gap: .35rem .5rem; padding: 0; margin: 0 0 .8rem; }
.chips li { border: 1px solid var(--accent); color: var(--link); border-radius: 1rem; padding: .1rem .75rem; font-size: .875rem; font-weight: 600; }
.scan { background: var(--panel); border-radius: .75rem; padding: .8rem 1.2rem .8rem 1.6rem; margin: 0 0 .8rem; }
.scan > summary { list-style-position: outside; padding: 0; font-weight: 400; }
.scan > summary h2 { display: inline; font-size: 1.05rem; margin: 0; }
.scan > summary span { display: block; font-size: .875rem; color: var(--soft); }
.scan[open] > summary { margin-bottom: 1rem; }
.scan h3 { margin: 1.3rem 0 0; }
.scan dl { margin: 0; }
.scan dt { font-size: .8125rem; color: var(--soft); font-weight: 600; }
.scan dd { margin: 0; }
.scan ul:not(.chips) { margin: 0; padding-left: 1.1rem; }
.about > div { margin-bottom: .8rem; }
.scan .hint { margin: 0 0 .5rem; }
.facts > div { padding: .55rem 0; border-top: 1px solid var(--line); }
.facts dd { font-weight: 600; line-height: 1.4; }
.facts dd small { font-weight: 400; display: block; }
.fix { border-top: 1px solid var(--line); margin: .6rem 0 0; padding-top: .9rem; }
@media (min-width: 40rem) {
  .facts > div, .about > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; }
}
.contents { border: 1px solid var(--line); border-radius: .75rem; padding: 0 1rem; margin: 0 0 .8rem; }
summary { cursor: pointer; padding: .6rem 0; font-weight: 600; }
.contents ul { list-style: none; padding: 0; margin: 0 0 .8rem; }
.contents a { display: block; padding: .3rem 0; line-height: 1.35; text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.text > :first-child { margin-top: 1.2rem; }
.text h2 { border-top: 1px solid var(--line); padding-top: 1.6rem; }
.text li { margin-bottom: .45rem; }
.text ul, .text ol { padding-left: 1.3rem; }
a[data-exit]::after { content: " " attr(data-exit); font-size: .6875rem; color: var(--soft); text-decoration: none; display: inline-block; white-space: nowrap; }
.text :target { background: linear-gradient(var(--accent), var(--accent)) no-repeat 0 100% / 3.5rem .22rem; }
.anchor { text-decoration: none; margin-left: .4rem; opacity: 0; }
.anchor::after { content: "#"; }
:is(h2, h3, h4):hover > .anchor, .anchor:focus { opacity: 1; }
.marks { line-height: 0; font-size: .6875rem; white-space: normal; }
.marks a { text-decoration: none; margin-left: .28em; padding: .35em .1em; }
.marks a::after { content: attr(data-n); }
.marks a:hover { text-decoration: underline; }
table { border-collapse: collapse; width: 100%; margin: 1.2rem 0; font-size: .95em; }
th, td { text-align: left; vertical-align: top; padding: .6rem .8rem .6rem 0; border-bottom: 1px solid var(--line); }
th { font-size: .875rem; color: var(--soft); }
@media (max-width: 36rem) {
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table, tbody, tr, td { display: block; }
  tr { border: 1px solid var(--line); border-radius: .6rem; padding: .4rem .9rem; margin-bottom: .8rem; }
  td { border: 0; padding: .3rem 0; }
  td::before { content: attr(data-label); display: block; font-size: .8125rem; color: var(--soft); font-weight: 600; }
}
.task-list-item { list-style: none; display: flex; gap: .7rem; align-items: baseline; }
.contains-task-list { padding-left: 0 !important; }
.task-list-item input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--accent); align-self: flex-start; }
.task-list-item input:checked + div { color: var(--soft); }
.paths > div { margin-bottom: 1.4rem; }
.paths ul, .sources ol, .links { padding-left: 1.2rem; margin: 0; }
.paths li, .links li { margin-bottom: .6rem; }
.paths li > a { font-weight: 600; }
.paths li > span { display: block; font-size: .9375rem; color: var(--soft); }
.sources > summary h2 { display: inline; font-size: 1.4rem; margin: 0; }
.sources ol { padding-left: 2rem; }
.sources li { margin-bottom: 1rem; }
.sources li p { margin: 0; }
.sources li::marker { color: var(--soft); font-size: .875rem; }
.sources li:target { background: var(--panel); box-shadow: -2.3rem 0 0 var(--panel), 0 0 0 .5rem var(--panel), -2.3rem 0 0 .5rem var(--panel); }
.badge { font-size: .75rem; font-weight: 600; border: 1px solid var(--line); border-radius: .3rem; padding: .05rem .4rem; color: var(--soft); white-space: nowrap; }
.badge.official, .badge.law { border-color: var(--accent); color: var(--link); }
.companion { border: 1px dashed var(--line); border-radius: .75rem; padding: .8rem 1rem 0; }
.ask { margin: 1.6rem 0; }
.ask label { font-weight: 600; display: block; margin-bottom: .4rem; }
.ask > div { display: flex; gap: .6rem; }
.ask input { flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--paper); border: 2px solid var(--soft); border-radius: .5rem; padding: .6rem .8rem; }
.ask button { font: inherit; font-weight: 600; background: var(--accent); color: var(--on-accent); border: 0; border-radius: .5rem; padding: .6rem 1.3rem; cursor: pointer; }
.ask .hint { margin: .5rem 0 0; }
.questions { list-style: none; padding: 0; margin: 0; }
.questions a { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); text-decoration: none; }
.questions a:hover { text-decoration: underline; }
.cards { list-style: none; padding: 0; margin: 0 0 1.5rem; display: grid; gap: .8rem; }
.cards li { background: var(--panel); border-radius: .75rem; padding: 1rem 1.2rem; }
.cards h3 { margin: 0 0 .3rem; }
.cards p { margin: 0 0 .3rem; }
.cards .meta { margin: 0; }
.cards a { display: inline-block; padding: .1rem 0; }
.passages { list-style: none; padding: 0; margin: 0; }
.passages > li { border-top: 1px solid var(--line); padding: .4rem 0 1rem; }
.answer h1 { font-size: clamp(1.4rem, 1.2rem + 1vw, 1.8rem); }
.answer .ask { border-top: 1px solid var(--line); padding-top: 1.6rem; margin-top: 2.6rem; }
.answer .verdict h2 { margin: 1.2rem 0 .7rem; }
.passages h3 { text-wrap: wrap; font-size: .9375rem; color: var(--soft); font-weight: 600; margin: .8rem 0 .5rem; letter-spacing: 0; }
.passages blockquote { margin: 0 0 .6rem; padding-left: 1rem; border-left: 4px solid var(--accent); }
.passages > li:first-child blockquote { font-size: 1.15rem; }
.passages p { margin-bottom: .5rem; }
.passages .read { font-weight: 600; display: inline-block; padding: .2rem 0; }
.passages details { font-size: .9375rem; }
.passages summary .meta { font-weight: 400; }
.passages details ul { margin: 0; padding-left: 1.2rem; }
.from { margin: 2.5rem 0 -.8rem; color: var(--soft); }
footer.site { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; font-size: .875rem; color: var(--soft); }
@media (max-width: 36rem) {
  header.site { flex-wrap: nowrap; gap: 1rem; padding: .4rem 0; }
  .languages span, .trail { display: none; }
  .chips li { font-size: .8125rem; padding: 0 .6rem; }
  .scan { padding: .6rem 1rem .6rem 1.4rem; }
  .scan > summary h2 { font-size: 1rem; }
  .contents summary { padding: .35rem 0; }
  .text > :first-child { margin-top: .4rem; }
  .text h2 { margin-top: 1.4rem; padding-top: 1rem; }
}
@media (min-width: 72rem) {
  body.guide { max-width: 68rem; }
  body.guide article { display: grid; grid-template-columns: minmax(0, 44rem) 17rem; column-gap: 5rem; }
  body.guide article > * { grid-column: 1; }
  body.guide .contents { grid-column: 2; grid-row: 1 / span 60; border: 0; padding: 0; margin: 1.6rem 0 0; font-size: .9rem; position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; }
  .contents summary { list-style: none; pointer-events: none; padding: 0 0 .3rem; }
  .contents summary::-webkit-details-marker { display: none; }
  .contents::details-content { content-visibility: visible; block-size: auto; }
}
`

const PAPER = `
@media print {
  :root { color-scheme: light; --paper: #fff; --panel: #fff; --ink: #000; --soft: #333; --line: #999; --link: #000; --warn: #000; --warn-paper: #fff; --accent: #000; --on-accent: #fff; }
  @page { margin: 14mm; }
  html { font-size: 10pt; line-height: 1.4; }
  body, body.guide { max-width: none; padding: 0; }
  body.guide article { display: block; }
  .skip, header.site, .trail, .contents, .anchor, .ask, .print-hint, .languages, .formats, .only-in { display: none; }
  h1 { font-size: 18pt; margin: 0 0 4pt; }
  h2, h3, h4 { break-after: avoid; }
  h2 { font-size: 13pt; margin: 12pt 0 4pt; }
  h3 { font-size: 11pt; margin: 9pt 0 3pt; }
  .text h2 { padding-top: 8pt; }
  .passages .read { display: none; }
  .passages details::details-content { content-visibility: visible; block-size: auto; }
  .passages summary { list-style: none; padding: 2pt 0; }
  li, tr, .facts > div { break-inside: avoid; }
  .scan { border: 1px solid var(--line); padding: 8pt 10pt; }
  .scan::details-content, .sources::details-content { content-visibility: visible; block-size: auto; }
  .scan > summary, .sources > summary { list-style: none; }
  a[data-exit]::after { content: none; }
  a { text-decoration: none; color: inherit; }
  .sources a[href^="http"]::after { content: " <" attr(href) ">"; font-size: 8pt; }
  footer.site { margin-top: 12pt; }
  .task-list-item input { appearance: none; border: 1pt solid #000; width: 9pt; height: 9pt; margin-top: 2pt; }
  .one-page .scan, .one-page .paths, .one-page .sources, .one-page .marks, .one-page .lead { display: none; }
  body.one-page .text { columns: 2; column-gap: 9mm; font-size: 9.2pt; line-height: 1.32; }
  body.one-page .text h2 { font-size: 10.5pt; margin: 7pt 0 3pt; padding-top: 4pt; break-inside: avoid; }
  body.one-page .text p { margin: 0 0 4pt; }
  body.one-page .text li { margin-bottom: 3pt; gap: 5pt; }
  body.one-page .text ul { margin: 0; }
  body.one-page .text > :first-child { margin-top: 0; }
  body.one-page .dates { margin-bottom: 6pt; font-size: 8.5pt; }
  body.one-page footer.site { margin-top: 6pt; padding-top: 4pt; font-size: 8pt; }
}
`

export const SITE_STYLE = SCREEN + PAPER
