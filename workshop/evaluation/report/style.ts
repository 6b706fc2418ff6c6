/** The report's style sheet: light and dark by the reader's setting, nothing fetched. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;
--paper:#fbfaf7;--card:#fff;--ink:#1d2327;--soft:#566069;--faint:#dfe3e4;--grid:#e8ebea;
--accent:#0b6e5f;--good:#15683c;--bad:#a3301f;--goodwash:#e3f2e8;--badwash:#fbe7e2;--samewash:#eceff0;
--c0:#0b6e5f;--c1:#b4520a;--c2:#5b4bb5;--c3:#8a6d00;--c4:#a02c64;--c5:#2f6fb0}
@media(prefers-color-scheme:dark){:root{
--paper:#12171a;--card:#1a2125;--ink:#e8ecea;--soft:#a5b0b4;--faint:#333d42;--grid:#283136;
--accent:#5fd0bb;--good:#7fd6a0;--bad:#ff9f8c;--goodwash:#173325;--badwash:#41201a;--samewash:#2a3338;
--c0:#5fd0bb;--c1:#f2a25c;--c2:#b3a6ff;--c3:#e2c75a;--c4:#f08bbd;--c5:#84b9f2}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 24px}
header{padding-top:56px}
h1{font-size:clamp(1.9rem,4.4vw,2.9rem);line-height:1.12;letter-spacing:-.02em;margin:0 0 12px;max-width:20em;text-wrap:balance}
h2{font-size:1.6rem;letter-spacing:-.01em;line-height:1.25;margin:0 0 6px}
h3{font-size:1.02rem;margin:0 0 4px}
p{margin:0 0 12px}
a{color:var(--accent)}
a:focus-visible,.scroll:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:6px}
.lead{color:var(--soft);max-width:68ch}
.meta{color:var(--soft);font-size:.9rem}
nav ul{display:flex;flex-wrap:wrap;gap:6px 18px;list-style:none;padding:0;margin:20px 0 0}
section{padding:44px 0 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(190px,1fr));gap:14px;margin:28px 0 0}
.tile{background:var(--card);border:1px solid var(--faint);border-radius:14px;padding:18px 20px}
.tile p{margin:0}
.tile-value{font-size:2.1rem;font-weight:650;letter-spacing:-.02em;line-height:1.2;font-variant-numeric:tabular-nums;color:var(--accent)}
.tile-name{font-weight:600;line-height:1.35}
.tile-note{color:var(--soft);font-size:.85rem;line-height:1.4;margin-top:4px!important}
figure{min-width:0;margin:22px 0 0;background:var(--card);border:1px solid var(--faint);border-radius:14px;padding:20px 22px}
figcaption{color:var(--soft);font-size:.9rem;margin-top:10px;max-width:76ch}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:0 18px}
.scroll{overflow-x:auto;min-width:0}
.plot{display:block;width:100%;height:auto;min-width:660px;font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.pair .plot{min-width:340px}
table{border-collapse:collapse;width:100%;min-width:620px;margin-top:20px;font-size:.94rem}
caption{text-align:left;color:var(--soft);font-size:.9rem;padding-bottom:6px}
th,td{text-align:left;padding:8px 14px 8px 0;border-bottom:1px solid var(--faint);vertical-align:top}
tbody th{font-weight:500}
thead th{font-size:.82rem;color:var(--soft);font-weight:600}
.number{font-variant-numeric:tabular-nums;white-space:nowrap}
.state{display:inline-block;border-radius:99px;padding:1px 11px;font-size:.84rem;font-weight:600;white-space:nowrap}
.good.state{background:var(--goodwash);color:var(--good)}.bad.state{background:var(--badwash);color:var(--bad)}.same.state{background:var(--samewash);color:var(--soft)}
details{background:var(--card);border:1px solid var(--faint);border-radius:14px;margin-top:10px}
summary{cursor:pointer;position:relative;padding:14px 20px 14px 42px;list-style:none;border-radius:14px}
summary::-webkit-details-marker{display:none}
summary::before{content:"";position:absolute;left:20px;top:1.6em;width:8px;height:8px;border:solid var(--soft);border-width:0 2px 2px 0;transform:translateY(-50%) rotate(-45deg)}
details[open]>summary::before{transform:translateY(-75%) rotate(45deg)}
summary:hover{background:var(--samewash)}
details[open]>summary{border-radius:14px 14px 0 0}
summary .q{font-weight:600}
summary .why{display:block;color:var(--soft);font-size:.93rem}
.body{padding:6px 20px 16px}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:8px 28px}
blockquote{margin:0 0 10px;padding:2px 0 2px 14px;border-left:3px solid var(--accent)}
.returned{margin:0 0 10px;padding:2px 0 2px 14px;border-left:3px solid var(--faint)}
.returned.hit{border-color:var(--good)}
.returned p,blockquote p{margin:0}
.small{color:var(--soft);font-size:.84rem}
code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--samewash);border-radius:5px;padding:1px 5px;overflow-wrap:anywhere}
footer{overflow-wrap:anywhere;padding-top:40px;padding-bottom:64px;color:var(--soft);font-size:.9rem}
@media print{details{break-inside:avoid}.scroll{overflow:visible}}
`
