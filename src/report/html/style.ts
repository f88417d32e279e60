/** The page's look, in light and dark. Colours are told apart by lightness too. */
export const STYLE = `
:root { color-scheme: light dark; --fg: #1c2024; --dim: #5c636b; --bg: #ffffff; --soft: #f3f4f6; --line: #d5d9de;
  --good: #1a7f4b; --bad: #c2410c; --none: #8a9099; --blue: #2563eb; --ins: #e3f6ea; --del: #fdeae2; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6e8ea; --dim: #9aa2ab; --bg: #15181b; --soft: #1f2327; --line: #343a40;
  --good: #4ccb86; --bad: #fb8c5a; --none: #7b828a; --blue: #7aa7ff; --ins: #173526; --del: #3d2117; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--fg); background: var(--bg); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h4 { margin: .8rem 0 .3rem; font-size: .9rem; overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: .6rem 2rem; margin: 0; }
dt { color: var(--dim); font-size: .8rem; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.warning { border-left: 4px solid var(--bad); padding-left: .8rem; }
.dim { color: var(--dim); margin: .3rem 0; }
svg { width: 100%; height: auto; font: 13px system-ui, sans-serif; }
svg text { fill: var(--fg); }
svg .note { fill: var(--dim); }
svg .axis { stroke: var(--line); }
.before, .declined, .unclear, .same { fill: var(--none); }
.after { fill: var(--blue); }
.landed, .better { fill: var(--good); }
.struck, .worse, .refused { fill: var(--bad); }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; }
th, td { text-align: left; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--dim); font-weight: 600; font-size: .8rem; white-space: nowrap; overflow-wrap: normal; }
td:first-child { min-width: 9rem; }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .4rem 0; padding: .4rem .7rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
.tag { display: inline-block; min-width: 4.5em; padding: 0 .4em; border-radius: 4px; background: var(--soft); font: 12px/1.6 ui-monospace, monospace; text-align: center; }
pre { margin: 0; background: var(--soft); border-radius: 6px; padding: .5rem 0; overflow-x: auto; font: 12.5px/1.45 ui-monospace, monospace; }
pre span { display: block; padding: 0 .7rem; white-space: pre; min-width: max-content; }
.ins { background: var(--ins); }
.del { background: var(--del); }
@media print { details { break-inside: avoid; } }
`;
