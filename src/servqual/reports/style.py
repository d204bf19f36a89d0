"""How a page looks: on a wide screen, on a phone, and on paper."""

STYLE = """
:root { color-scheme: light; --ink: #1f2328; --quiet: #57606a; --line: #d0d7de; --pale: #f6f8fa; --blue: #0b57a4; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 64rem; padding: 1.25rem 1rem 3rem; color: var(--ink); background: #fff;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Hiragino Sans GB",
  "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.75rem 0 .5rem; padding-top: .75rem;
  border-top: 2px solid var(--line); }
h3 { font-size: 1.05rem; line-height: 1.4; margin: 0 0 .35rem; }
p { margin: .5rem 0; max-width: 46rem; }
a { color: var(--blue); }
.lead, .quiet { color: var(--quiet); }
.notes { margin: .35rem 0 0; padding-left: 1.1rem; color: var(--quiet); font-size: .85rem; line-height: 1.45;
  max-width: 46rem; }
nav ol { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: .75rem 0 1.25rem; padding: 0;
  font-size: .95rem; }
.trust { border: 1px solid var(--line); border-left: .35rem solid var(--blue); border-radius: .35rem;
  background: var(--pale); padding: .75rem 1rem; }
.trust h2 { border: 0; margin: 0; padding: 0; font-size: 1.15rem; }
.trust ul { list-style: none; margin: .5rem 0 0; padding: 0; }
.trust li { margin: .3rem 0; }
.absent { border-left: .25rem solid var(--line); padding-left: .75rem; color: var(--quiet); }
.scroll { overflow-x: auto; margin: 1rem 0 0; }
.scroll:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { border-bottom: 2px solid #8c959f; vertical-align: bottom; font-weight: 600; }
th:first-child, td:first-child { padding-left: 0; }
tbody th { font-weight: 500; min-width: 10rem; max-width: 24rem; }
.number { text-align: right; white-space: nowrap; }
.nowrap { white-space: nowrap; }
.long { min-width: 10rem; }
thead th.number, thead th.nowrap { white-space: normal; word-break: keep-all; overflow-wrap: normal; }
tbody th { white-space: normal; }
td small { display: block; white-space: normal; min-width: 4.2rem; color: var(--quiet); font-size: .78rem; }
tr.whole th, tr.whole td { font-weight: 600; background: var(--pale); }
figure { margin: 1rem 0 0; overflow-x: auto; }
figcaption { font-size: .9rem; font-weight: 600; }
figure img { display: block; width: 100%; max-width: 40rem; height: auto; }
.finding { border: 1px solid var(--line); border-left-width: .35rem; border-radius: .35rem; padding: .75rem 1rem;
  margin: .9rem 0; }
.finding.serious { border-left-color: #a40e26; }
.finding.warning { border-left-color: #9a6700; }
.finding.note { border-left-color: var(--blue); }
.chip { display: inline-block; border-radius: .25rem; padding: 0 .45rem; margin-right: .4rem; font-size: .8rem;
  font-weight: 600; color: #fff; }
.chip.serious { background: #a40e26; }
.chip.warning { background: #7d4e00; }
.chip.note { background: var(--blue); }
.reference { font-size: .85rem; color: var(--quiet); }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .5rem; font-size: .85rem;
  color: var(--quiet); }
@media (max-width: 40rem) {
  body { padding: 1rem .85rem 2rem; }
  h1 { font-size: 1.4rem; }
  h2 { font-size: 1.2rem; margin-top: 2.25rem; }
  th, td { padding: .35rem .5rem; }
  table { font-size: .85rem; }
  tbody th { min-width: 8.5rem; max-width: 12rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.45; }
  nav { display: none; }
  h1 { font-size: 18pt; } h2 { font-size: 13pt; margin-top: 18pt; } h3 { font-size: 11pt; }
  h2, h3, caption, figcaption, thead, .lead { break-after: avoid; }
  tr, figure, .finding, .trust { break-inside: avoid; }
  p, li { orphans: 3; widows: 3; }
  .scroll, figure { overflow: visible; }
  figcaption, caption { font-size: 9pt; }
  table { font-size: 8.5pt; } th, td { padding: 2pt 5pt; } .notes { font-size: 8pt; }
  figure img { max-width: 12.5cm; max-height: 20cm; object-fit: contain; object-position: left; }
  a { color: inherit; text-decoration: none; }
  .chip, .trust, .finding, tr.whole th, tr.whole td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
