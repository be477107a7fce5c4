/** @file What `envelope locate` says. Every line is printable. */
import type { ClaimedKey, CopyFacts, Located, Where } from '../../shared/locate.ts';
import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';
import { count, formatSize, formatTime } from './format.ts';
import { keyTitle } from './key-title.ts';
import { sentenceOf } from './text.ts';

const places: Record<Where, string> = {
  beside: 'beside it',
  below: 'below it',
  above: 'above it',
  chosen: 'in the folder you named',
};

export type LocateState = 'beside' | 'found' | 'copy' | 'missing';

export function stateOf({ found, copy }: Located): LocateState {
  if (found !== undefined) return found.where === 'beside' ? 'beside' : 'found';
  return copy === undefined ? 'missing' : 'copy';
}

const otherHalf = { envelope: 'its body', body: 'its envelope' } as const;

/** How a path is written on a command line. */
const quoted = (file: string): string =>
  /^[\w@%+=:,./-]+$/.test(file) ? file : `'${file.replaceAll("'", String.raw`'\''`)}'`;

export function answerLines(located: Located): string[] {
  const { half, path: file, found, copy } = located;
  const name = displayPath(file);
  if (found !== undefined) {
    const other = displayPath(found.path);
    const line = `${name}: ${otherHalf[half]} is ${other} (${places[found.where]})`;
    if (found.where === 'beside') return copy === undefined ? [line] : [line, ...differingLines(name, copy)];
    const [envelope, body] = half === 'envelope' ? [name, other] : [other, name];
    return [line, `  Put them side by side, or: envelope open ${quoted(envelope)} --body ${quoted(body)}`];
  }
  if (copy === undefined) return [`${name}: ${otherHalf[half]} was not found`];
  return [
    `${name}: ${otherHalf[half]} was not found, but a copy of it is kept on this computer`,
    `  ${copyLine(copy)}`,
    `  To write it beside its body: envelope locate ${quoted(name)} --restore`,
  ];
}

/** The copy of a pair that is together: it may be the whole one, or an older one. */
function differingLines(name: string, copy: CopyFacts): string[] {
  return [
    '  The copy of the envelope that this computer keeps is not the same.',
    `  ${copyLine(copy)}`,
    `  To write it beside, under another name: envelope locate ${quoted(name)} --restore`,
  ];
}

/** Why it is not beside, and how far it was looked for. */
export function missingLines({ missing, searched, copy }: Located, name: string): string[] {
  const lines = missing === undefined ? [] : [sentenceOf(missing).what];
  if (searched !== undefined) {
    const { folders, files, placeholders, complete } = searched;
    lines.push(`Looked at ${count(files, 'file')} in ${count(folders, 'folder')} around ${printable(name)}.`);
    if (!complete) lines.push('The search stopped at its limit, so it is not everywhere that was looked.');
    if (placeholders > 0) {
      lines.push(`${count(placeholders, 'file is', 'files are')} only in the cloud and were not looked at.`);
    }
  }
  if (copy === undefined) lines.push('To look elsewhere too, all of a folder or disk: add --in FOLDER');
  return lines;
}

function keyTitles(keys: readonly ClaimedKey[]): string {
  return keys.map(({ provider, key = '', name }) => keyTitle(provider, key, name)).join(', ');
}

function copyLine({ content, created, keys }: CopyFacts): string {
  const what =
    content === undefined
      ? 'It holds something whose name is hidden'
      : `It holds the ${content.kind} “${printable(content.name)}”, ${formatSize(content.size)}`;
  return `${what}, sealed ${formatTime(created)}; it can be opened with ${keyTitles(keys)}.`;
}

export function restoredLine({ copy }: Located, envelope: string): string {
  const keys = copy === undefined ? '' : `; it can be opened with ${keyTitles(copy.keys)}`;
  return `restored ${displayPath(envelope)}${keys}`;
}
