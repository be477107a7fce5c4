/** @file The sheet as a page of its own: no script, nothing to load, black on white, for A4 and Letter. */
import { barsOf, type Modules } from './qr.ts';
import type { Sheet } from './sheet.ts';
import { piecesOf } from './sheet-text.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? '');

const sentence = (text: string): string =>
  piecesOf(text)
    .map((piece) => (piece.typed ? `<code>${escaped(piece.text)}</code>` : escaped(piece.text)))
    .join('');

const style = `
@page { margin: 13mm 15mm; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; }
body { width: 180mm; margin: 0 auto; padding: 8mm 0; font: 10pt/1.4 Helvetica, Arial, "Liberation Sans", sans-serif; }
:lang(zh-CN) body { font-family: Helvetica, Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
@media print { body { width: auto; padding: 0; } }
h1 { margin: 0; font-size: 19pt; line-height: 1.2; }
h2 { margin: 4mm 0 1mm; font-size: 10.5pt; }
p, ul, ol { margin: 0 0 1.2mm; }
ul, ol { padding-left: 5mm; }
code, .typed { font-family: "Courier New", "Liberation Mono", monospace; }
code { font-weight: bold; white-space: pre-wrap; overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; align-items: baseline; margin-bottom: 3mm; }
.whose { display: flex; gap: 3mm; margin: 3mm 0; }
.whose span { flex: 1; border-bottom: 0.3mm solid #000; }
.key { display: flex; gap: 7mm; align-items: center; margin: 3mm 0; padding: 1mm 5mm 1mm 1mm; border: 0.5mm solid #000; break-inside: avoid; }
.key svg { flex: none; width: 58mm; height: 58mm; }
.key h2 { margin-top: 0; }
.prefix { font-size: 15pt; font-weight: bold; }
.groups { display: grid; grid-template-columns: repeat(3, max-content); gap: 1.6mm 6mm; margin: 1.5mm 0 2mm; padding: 0; list-style: none; font-size: 15pt; font-weight: bold; }
.groups small { display: inline-block; width: 6mm; font: 7pt Helvetica, Arial, sans-serif; }
.recipient { overflow-wrap: anywhere; }
section { break-inside: avoid; }
.opener { break-before: page; }
pre { margin: 0; font: 7.2pt/1.1 "Courier New", "Liberation Mono", monospace; white-space: pre-wrap; }
@media screen { .opener { margin-top: 8mm; padding-top: 6mm; border-top: 0.3mm dashed #000; } }
`;

function svg(modules: Modules, label: string): string {
  const size = modules.length;
  const bars = barsOf(modules).map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`);
  return `<svg viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img" aria-label="${escaped(label)}"><path d="${bars.join('')}"/></svg>`;
}

function keyBox({ text, prefix, groups, code }: Sheet): string {
  const items = groups.map((group, index) => `<li><small>${index + 1}</small>${group}</li>`);
  return `<div class="key">${svg(code, text.code)}<div>
<h2>${escaped(text.key)}</h2>
<div class="typed prefix">${prefix}</div>
<ol class="typed groups">${items.join('')}</ol>
<div>${escaped(text.keyHint)}</div>
</div></div>`;
}

function section({ title, numbered, lines }: Sheet['text']['sections'][number]): string {
  const list = numbered ? 'ol' : 'ul';
  const items = lines.map((line) => `<li>${sentence(line)}</li>`);
  return `<section><h2>${escaped(title)}</h2><${list}>${items.join('')}</${list}></section>`;
}

/**
 * The whole document. SECURITY: its style carries `nonce`, for a policy that lets nothing else in (app/sheet-window.ts);
 * without one it is a file of its own.
 */
export function sheetHtml(sheet: Sheet, nonce?: string): string {
  const { text, made, recipient, opener } = sheet;
  const nonced = nonce === undefined ? '' : ` nonce="${nonce}"`;
  return `<!doctype html>
<html lang="${sheet.language}">
<head><meta charset="utf-8"><title>${escaped(text.title)}</title><style${nonced}>${style}</style></head>
<body>
<main>
<header><h1>${escaped(text.title)}</h1><div>${escaped(text.made(made))}</div></header>
${text.purpose.map((line) => `<p>${sentence(line)}</p>`).join('\n')}
<div class="whose">${escaped(text.whose)}<span></span></div>
${keyBox(sheet)}
<p>${escaped(text.recipient)} <span class="typed recipient">${recipient}</span></p>
${text.sections.map(section).join('\n')}
<div class="opener"><h2>${escaped(text.opener)}</h2><pre>${opener.map(escaped).join('\n')}</pre></div>
</main>
</body>
</html>
`;
}
