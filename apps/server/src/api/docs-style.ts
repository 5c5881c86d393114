/** The style of the documentation page, in light and dark. */
export const docsStyle = `
:root {
  color-scheme: light dark;
  --page: light-dark(#fbfbfc, #0f1216);
  --panel: light-dark(#fff, #151a20);
  --line: light-dark(#dfe3e8, #2a313a);
  --text: light-dark(#1b2026, #e6e9ee);
  --quiet: light-dark(#586270, #9aa5b3);
  --accent: light-dark(#1a5fb4, #7ab4f5);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 14px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 13rem minmax(0, 1fr);
}
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line); }
nav p { margin: 0 0 .5rem; }
main { max-width: 62rem; padding: 1.5rem 2rem 6rem; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h1 small, .quiet { color: var(--quiet); font-weight: 400; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h3 a { color: inherit; }
h4 { font-size: .8rem; margin: 1rem 0 .25rem; color: var(--quiet); }
p { margin: 0 0 .5rem; max-width: 78ch; }
section { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 1rem 1.25rem; margin: 0 0 .75rem; }
b { display: inline-block; min-width: 3.8rem; font-size: .75rem; letter-spacing: .03em; color: var(--accent); }
code, pre { font: 12.5px/1.5 ui-monospace, monospace; }
pre { margin: .25rem 0; padding: .75rem 1rem; overflow: auto; background: var(--page); border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-top: 1px solid var(--line); font-weight: 400; }
th { white-space: nowrap; }
td:last-child { min-width: 11rem; }
thead th { color: var(--quiet); border-top: 0; }
td code { white-space: pre-wrap; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: 3.5rem minmax(0, 1fr); gap: .25rem .5rem; margin: 0; }
dt { font-variant-numeric: tabular-nums; color: var(--quiet); }
dd { margin: 0; }
@media (max-width: 50rem) {
  body { display: block; }
  nav { position: static; height: auto; border: 0; padding-bottom: 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
  main { padding: 1rem; }
}
`;
