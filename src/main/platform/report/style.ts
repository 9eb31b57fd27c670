/** The report's style sheet: light and dark by the reader's setting, and plain on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f6f6f4; --surface: #ffffff; --sunken: #f0f0ed; --line: #e2e2dd;
  --text: #1c1d20; --muted: #63666c; --accent: #1971c2; --heat: 25 113 194;
  --good: #2b7a3b; --bad: #c22525; --warn: #9a5b00; --good-tint: #e9f6ec; --bad-tint: #fdecec; --warn-tint: #fdf3e0;
  --miss: 194 37 37;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #131416; --surface: #1b1c1f; --sunken: #232529; --line: #303237;
    --text: #ececed; --muted: #a0a3a9; --accent: #4dabf7; --heat: 77 171 247;
    --good: #69db7c; --bad: #ff8787; --warn: #ffc078; --good-tint: #16281b; --bad-tint: #321a1c; --warn-tint: #2e2416;
    --miss: 255 135 135;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  font-variant-numeric: tabular-nums; -webkit-print-color-adjust: exact; print-color-adjust: exact;
}
main { max-width: 1040px; margin: 0 auto; padding: 40px 28px 72px; }
header .where { color: var(--muted); font-size: 13px; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.02em; margin: 6px 0 22px; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 19px; letter-spacing: -0.01em; margin: 52px 0 6px; font-weight: 620; }
h3 { font-size: 14px; margin: 0 0 8px; font-weight: 600; }
p { margin: 0 0 12px; } .lead { color: var(--muted); max-width: 84ch; text-wrap: pretty; }
.verdict { border-left: 4px solid var(--tone); background: var(--tint); border-radius: 4px 10px 10px 4px; padding: 16px 20px; }
.verdict .tag { color: var(--tone); font-weight: 650; font-size: 12px; letter-spacing: 0.06em; text-transform: uppercase; }
.verdict .sentence { font-size: 18px; line-height: 1.45; margin: 2px 0 0; max-width: 82ch; text-wrap: pretty; }
.good { --tone: var(--good); --tint: var(--good-tint); } .bad { --tone: var(--bad); --tint: var(--bad-tint); }
.open { --tone: var(--warn); --tint: var(--warn-tint); }
.notice { margin-top: 12px; padding: 12px 20px; border: 1px dashed var(--warn); border-radius: 10px; color: var(--warn); }
.tiles { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; margin-top: 20px; }
.tile { background: var(--surface); padding: 16px 18px; }
.tile .name { color: var(--muted); font-size: 13px; }
.tile .value { font-size: 26px; font-weight: 640; letter-spacing: -0.02em; line-height: 1.3; white-space: nowrap; }
.tile .value small { font-size: 15px; font-weight: 500; letter-spacing: 0; }
.tile .detail { color: var(--muted); font-size: 13px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 550; color: var(--muted); font-size: 13px; }
th, td { padding: 9px 14px 9px 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
td.number, th.number { text-align: right; white-space: nowrap; } th:last-child, td:last-child { padding-right: 0; }
tbody th { color: var(--text); font-size: 14px; overflow-wrap: anywhere; min-width: 120px; }
td { min-width: 64px; } td.long { min-width: 180px; }
.faint { color: var(--muted); font-size: 13px; font-weight: 400; }
td.chart { width: 30%; min-width: 180px; }
svg { display: block; overflow: visible; } svg text { fill: var(--muted); font-size: 11px; }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 20px 22px; margin-top: 14px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 16px 28px; margin: 20px 0 0; }
.facts dt { color: var(--muted); font-size: 13px; } .facts dd { margin: 0; font-weight: 580; overflow-wrap: anywhere; } .facts dd .faint { display: block; }
.matrices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, var(--matrix)), 1fr)); gap: 20px; margin-top: 14px; }
.matrices .panel { margin: 0; overflow-x: auto; }
.matrix { table-layout: fixed; border-collapse: separate; border-spacing: 2px; font-size: 12px; }
.matrix th:first-child { width: 112px; }
.matrix th, .matrix td { border: 0; padding: 0; min-width: 0; }
.matrix thead th { height: 92px; vertical-align: bottom; }
.matrix thead div { writing-mode: vertical-rl; transform: rotate(180deg); margin: 0 auto; max-height: 88px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: 12px; font-weight: 500; }
.matrix tbody th { min-width: 0; font-size: 12px; font-weight: 500; color: var(--muted); text-align: right; padding-right: 8px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.matrix td { height: 34px; text-align: center; border-radius: 4px; background: var(--sunken); }
.matrix td.zero { color: transparent; }
.flips { display: grid; grid-template-columns: repeat(auto-fill, minmax(224px, 1fr)); gap: 16px; margin-top: 16px; }
.flip { position: relative; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; break-inside: avoid; }
.flip img, .flip .gone { display: block; width: 100%; aspect-ratio: 4 / 3; object-fit: cover; background: var(--sunken); }
.flip .gone { display: grid; place-items: center; padding: 16px; color: var(--muted); font-size: 13px; text-align: center; }
.flip .body { padding: 12px 14px 14px; }
.flip .file { font-weight: 560; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.flip .truth { color: var(--muted); font-size: 13px; margin-bottom: 10px; overflow-wrap: anywhere; }
.answer { display: grid; grid-template-columns: 1fr auto; gap: 0 8px; font-size: 13px; margin-top: 6px; }
.answer .who { grid-column: 1 / -1; color: var(--muted); font-size: 12px; line-height: 1.3; }
.answer .what { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 560; }
.answer svg { grid-column: 1 / -1; margin-top: 3px; }
.pill { position: absolute; top: 10px; right: 10px; font-size: 11px; font-weight: 640; border-radius: 99px; padding: 2px 9px; color: var(--tone); background: var(--tint); }
.right { color: var(--good); } .wrong { color: var(--bad); }
code { font: 12px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
footer { margin-top: 56px; color: var(--muted); font-size: 13px; border-top: 1px solid var(--line); padding-top: 14px; }
@media (max-width: 720px) { .tiles { grid-template-columns: repeat(2, 1fr); } main { padding: 24px 16px 48px; } }
@media print {
  :root { --ground: #fff; } body { font-size: 12px; } main { max-width: none; padding: 0; }
  .panel, .tiles, tr { break-inside: avoid; } h2 { break-after: avoid; margin-top: 32px; } .flips { grid-template-columns: repeat(4, 1fr); }
}
`;
