/**
 * @file The documents that the help menu opens, as pages for a browser: not every system has a program for Markdown. They
 * lie outside the program's archive, into which other programs cannot look.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { marked } from 'marked';

const root = path.resolve(import.meta.dirname, '../..');

const style = `
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1.5rem; }
pre, code { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { overflow-x: auto; padding: 0.8rem 1rem; border: 1px solid #8885; border-radius: 8px; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8885; padding: 0.35rem 0.7rem; text-align: left; vertical-align: top; }
img { max-width: 100%; }`;

/** Links between documents become links between their pages; those into the source stay with the source. */
const pages: ReadonlyMap<string, string> = new Map([
  ['README.md', 'README.html'],
  ['SECURITY.md', 'SECURITY.html'],
  ['electron/envelope/FORMAT.md', 'FORMAT.html'],
]);

function relink(html: string): string {
  return html
    .replaceAll(/href="([^":#]+)(#[^"]*)?"/g, (_all, file: string, part: string | undefined) =>
      pages.has(file) ? `href="${pages.get(file)}${part ?? ''}"` : 'data-in-the-source',
    )
    .replaceAll('src="build/readme/', 'src="pictures/');
}

async function pageOf(file: string): Promise<string> {
  const text = readFileSync(path.join(root, file), 'utf8');
  const title = /^# (.+)$/m.exec(text)?.[1] ?? file;
  const body = relink(await marked.parse(text));
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>\n<body>\n${body}</body></html>\n`;
}

/** Writes them, and the pictures of the README, into the new folder `out`. */
export async function writeDocuments(out: string): Promise<void> {
  mkdirSync(out);
  for (const [file, page] of pages) writeFileSync(path.join(out, page), await pageOf(file));
  cpSync(path.join(root, 'build/readme'), path.join(out, 'pictures'), { recursive: true });
}
