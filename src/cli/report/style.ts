import { Html } from './html.ts';

/** Follows the reader's light or dark. Nothing is fetched: the fonts are the system's. */
export const STYLE = new Html(`<style>
:root { color-scheme: light dark; --line: light-dark(#d5d9e0, #3c4250); --dim: light-dark(#5a6270, #a0a8b6);
  --useful: light-dark(#1a7f4b, #4cc38a); --wasted: light-dark(#c4421a, #ff8a5c); --message: light-dark(#2b64c8, #79a8ff);
  --paper: light-dark(#ffffff, #16181d); --ink: light-dark(#1a1d23, #e8eaee); }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .2rem; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; } tr.present { font-weight: 600; }
.dim { color: var(--dim); } code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
svg { width: 100%; height: 5rem; display: block; border-bottom: 1px solid var(--line); } svg.share { width: 6rem; height: .5rem; border: 0; }
.useful { fill: var(--useful); } .wasted { fill: var(--wasted); } .message { fill: var(--message); }
.key::before { content: "■ "; } .key.useful { color: var(--useful); } .key.wasted { color: var(--wasted); } .key.message { color: var(--message); }
.finding { border-left: 4px solid var(--message); padding-left: .8rem; margin: 1rem 0; } .finding.error { border-color: var(--wasted); } .finding.warning { border-color: light-dark(#b58100, #e6b84d); }
article { border-top: 1px solid var(--line); margin-top: 1.5rem; } p { margin: .3rem 0; }
</style>`);
