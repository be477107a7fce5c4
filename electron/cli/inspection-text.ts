import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';

import { formatSize, formatTime } from './format.ts';
import { type InspectedKey, type Inspection, sizeOf } from './inspection.ts';
import { keyTitle } from './key-title.ts';
import { sentenceOf } from './text.ts';

const indented = (title: string, [first = '', ...more]: readonly string[]): string[] => [
  `  ${title.padEnd(9)}${first}`,
  ...more.map((line) => ' '.repeat(11) + line),
];

function contentLines(inspection: Inspection): string[] {
  const { content } = inspection;
  const size = sizeOf(inspection);
  if (content === undefined) {
    return [`something whose name is hidden${size === undefined ? '' : `, ${formatSize(size)}`}`];
  }
  const { kind, name, modified, mode } = content;
  return [
    `the ${kind} “${printable(name)}”, ${formatSize(content.size)}`,
    `changed ${formatTime(modified)}, permissions ${mode}`,
  ];
}

/** The list of keys is a claim that anyone can change, so a key that is not known here is only said to open it. */
function keyLine(key: InspectedKey): string {
  if (key.state !== 'known') {
    const title = keyTitle(key.provider, '', undefined);
    return key.state === 'damaged' ? `the damaged entry of a key: ${title}` : `a ${title}`;
  }
  const { provider, name } = key;
  const title = keyTitle(provider, key.key, name);
  return name === undefined ? `says it can be opened with ${title}` : title;
}

function bodyLines({ body }: Inspection): string[] {
  if (body.state === 'complete') {
    return [`${displayPath(body.path)}, ${formatSize(body.length)}, complete by its length`];
  }
  const { what, next } = sentenceOf(body.error);
  return [what, next];
}

/** An inspection as lines for people. Each is printable. */
export function inspectionLines(inspection: Inspection, waiting: readonly string[] = []): string[] {
  const { id, created, context } = inspection.envelope.header;
  const labels = Object.entries(context).map(([label, value]) => printable(`${label}=${value}`));
  return [
    `${displayPath(inspection.path)} says (not verified):`,
    ...indented('holds', contentLines(inspection)),
    ...indented('sealed', [formatTime(created)]),
    ...indented('id', [id]),
    ...(labels.length === 0 ? [] : indented('labels', labels)),
    ...indented('keys', inspection.keys.map(keyLine)),
    // Of this program's own record: the format has no place for it.
    ...(waiting.length === 0
      ? []
      : indented(
          'waits',
          waiting.map((key) => `for ${printable(key)}, which does not open it yet`),
        )),
    ...indented('body', bodyLines(inspection)),
  ];
}

/** The same for programs. */
export function inspectionRecord(inspection: Inspection, waiting: readonly string[] = []): object {
  const { id, created, cipher, context } = inspection.envelope.header;
  const { path, content, keys, body } = inspection;
  return {
    path,
    verified: false,
    id,
    created,
    cipher,
    content: content ?? { hidden: true },
    size: sizeOf(inspection),
    labels: context,
    keys,
    ...(waiting.length === 0 ? {} : { waiting }),
    body: body.state === 'complete' ? body : { state: body.error.code, ...body.error.details },
  };
}
