/** The page's look, in light and dark. Colours are told apart by lightness too. */
export const STYLE = `
:root { color-scheme: light dark; --fg: #1c2024; --dim: #565d65; --bg: #ffffff; --soft: #f4f5f7; --line: #d9dde2;
  --good: #1a7f4b; --bad: #c2410c; --none: #a5abb3; --blue: #2563eb; --ins: #e1f5e8; --del: #fde8df; --on: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --fg: #e6e8ea; --dim: #9aa2ab; --bg: #14171a; --soft: #1e2226; --line: #343a40;
  --good: #4ccb86; --bad: #fb8c5a; --none: #6d747c; --blue: #7aa7ff; --ins: #163325; --del: #3d2117; --on: #14171a; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--fg); background: var(--bg); font: 15px/1.5 system-ui, "Liberation Sans", sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.4rem 0 .8rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { margin: .9rem 0 .3rem; font-size: .85rem; overflow-wrap: anywhere; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
li { overflow-wrap: anywhere; }
code { font: 13px ui-monospace, "Liberation Mono", monospace; background: var(--soft); padding: .1em .3em; border-radius: 4px; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); gap: .6rem; margin: 0; }
dl div { background: var(--soft); border-radius: 8px; padding: .5rem .7rem; min-width: 0; }
.wide { grid-column: span 2; }
dt { color: var(--dim); font-size: .78rem; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.warning { border-left: 4px solid var(--bad); padding-left: .8rem; overflow-wrap: anywhere; }
.dim { color: var(--dim); margin: .3rem 0; font-size: .85rem; overflow-wrap: anywhere; }
i { font-style: normal; }
.bars { list-style: none; margin: .4rem 0 1rem; padding: 0; }
.bars li { display: grid; grid-template-columns: minmax(8rem, 16rem) minmax(4rem, 1fr) minmax(7rem, 15rem); gap: 0 .9rem; align-items: center; padding: .22rem 0; }
.bars .label { text-align: right; }
.note { color: var(--dim); font-size: .85rem; font-variant-numeric: tabular-nums; }
.track { display: flex; height: 9px; margin: 2px 0; gap: 1px; background: var(--soft); border-radius: 3px; overflow: hidden; }
.track:only-child { height: 16px; }
.track i { display: block; flex: 0 1 auto; min-width: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; margin: 0; color: var(--dim); font-size: .85rem; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .4em; vertical-align: -.05em; }
.before, .declined, .unclear, .same { --c: var(--none); }
.after, .cost { --c: var(--blue); }
.landed, .better { --c: var(--good); }
.struck, .worse, .refused { --c: var(--bad); }
.track i, .legend i, .lane i { background: var(--c); }
.time { display: grid; grid-template-columns: max-content 1fr; gap: .25rem .9rem; align-items: center; }
.time .label { text-align: right; }
.lane { position: relative; height: 1.5rem; margin: 0 .8rem; border-bottom: 1px solid var(--line); }
.lane i { position: absolute; top: .1rem; height: 1.2rem; min-width: 1.2rem; padding: 0 .3rem; border-radius: .6rem; transform: translateX(-50%);
  color: var(--on); font-size: .72rem; line-height: 1.2rem; font-weight: 600; text-align: center; }
.axis { display: flex; justify-content: space-between; color: var(--dim); font-size: .8rem; }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td { overflow-wrap: break-word; min-width: 7rem; max-width: 26rem; }
th { color: var(--dim); font-weight: 600; font-size: .78rem; overflow-wrap: normal; vertical-align: bottom; }
td:first-child { overflow-wrap: anywhere; min-width: 9rem; }
.n { text-align: right; min-width: 0; white-space: nowrap; font-variant-numeric: tabular-nums; }
details { border: 1px solid var(--line); border-radius: 8px; margin: .4rem 0; padding: .45rem .75rem; }
details[open] { padding-bottom: .75rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary .dim { margin: 0; }
summary:focus-visible, pre:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.tag { display: inline-block; min-width: 4.8em; padding: 0 .4em; border-radius: 4px; background: var(--soft); border-left: 3px solid var(--c);
  font: 12px/1.6 ui-monospace, "Liberation Mono", monospace; text-align: center; }
pre { margin: 0; background: var(--soft); border-radius: 6px; padding: .4rem 0; overflow-x: auto; font: 12.5px/1.5 ui-monospace, "Liberation Mono", monospace; tab-size: 4; }
pre span { display: block; padding: 0 .7rem; white-space: pre; width: max-content; min-width: 100%; }
pre b { font-weight: 400; color: var(--dim); margin-right: 1em; user-select: none; }
.ins { background: var(--ins); }
.del { background: var(--del); }
.gap { color: var(--dim); }
@media (max-width: 40rem) {
  .bars li { grid-template-columns: 1fr; padding: .4rem 0; }
  .bars .label { text-align: left; }
}
@media print { details { break-inside: avoid; } pre { white-space: pre-wrap; } }
`;
