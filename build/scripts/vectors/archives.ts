/** @file Section 2: folders. The archives are put together by hand, block by block. */
import type { Vector } from '../../../e2e/vector.ts';
import { type Recipe, vector } from './make.ts';
import { end, file, folder, headerBlock, pax, paxHeader, paxRecord, wholeBlocks } from './tar-blocks.ts';

/** A folder whose plaintext is these blocks; two zero blocks follow unless `ending` is given. */
function archive(blocks: readonly Uint8Array[], ending: Uint8Array = end): Recipe {
  return {
    plaintext: { archive: Buffer.concat([...blocks, ending]) },
    content: { kind: 'folder', name: 'reports', mode: '0755' },
  };
}

const opens = (name: string, what: string, blocks: readonly Uint8Array[]): Vector =>
  vector(2, `folder-${name}`, what, 'ok', archive(blocks));

const invalid = (name: string, what: string, blocks: readonly Uint8Array[], ending?: Uint8Array): Vector =>
  vector(2, `folder-${name}`, what, 'archive-invalid', archive(blocks, ending));

function good(): Vector[] {
  return [
    opens('empty', 'an empty folder', []),
    opens('plain', 'folders and files in order', [
      folder('a'),
      file('a/x', 'one'),
      folder('b'),
      file('c', 'two'),
    ]),
    opens('depth-first', 'a folder before its next sibling, byte order within each', [
      folder('a'),
      file('a/z', ''),
      file('a.b', ''),
    ]),
    opens('pax', 'a pax header with path, size and mtime', [
      pax({ path: 'Übersicht', size: '3', mtime: '-0.500' }),
      file('x', 'abc', { size: 0 }),
    ]),
    opens('before-1970', 'a time of twelve and a half seconds before 1970', [
      pax({ mtime: '-12.500' }),
      file('a', ''),
    ]),
    opens('prefix', 'a path over prefix and name', [
      folder('a'),
      headerBlock({ path: 'x', put: { 345: 'a' } }),
    ]),
    opens('numbers-end-in-space', 'numbers that end in a space', [
      headerBlock({ path: 'a', put: { 100: '000644 \0', 124: '00000000000 ' } }),
    ]),
    opens('128-deep', '128 components', deep(128)),
    opens('block-boundary', 'a file of exactly one block', [file('a', 'x'.repeat(512)), file('b', '')]),
  ];
}

/** Folders in one another, each with its entry. */
const deep = (components: number): Buffer[] =>
  Array.from({ length: components }, (_, depth) => {
    const path = Array.from({ length: depth + 1 }, () => 'd').join('/');
    return path.length < 100 ? folder(path) : Buffer.concat([pax({ path }), folder('d')]);
  });

const paths: Readonly<Record<string, string>> = {
  up: '..',
  'up-inside': 'a/../../b',
  absolute: '/etc/passwd',
  dot: '.',
  'dot-slash': './a',
  'empty-component': 'a//b',
  'slash-at-end': 'a/',
  backslash: '..\\b',
  'line-feed': 'a\nb',
  'right-to-left': 'a\u202eb',
  'too-long-component': 'x'.repeat(256),
};

function badPaths(): Vector[] {
  return [
    ...Object.entries(paths).map(([name, path]) =>
      invalid(`path-${name}`, `the path ${JSON.stringify(path.slice(0, 20))}`, [
        folder('a'),
        pax({ path }),
        file('x'),
      ]),
    ),
    invalid('path-up-plain', 'the path ../x without a pax header', [file('../x', 'evil')]),
    invalid('path-not-utf8', 'a path that is not UTF-8', [headerBlock({ path: Uint8Array.of(0x61, 0xff) })]),
    invalid('129-deep', '129 components', deep(129)),
    invalid('path-4097-bytes', 'a path of 4097 bytes', [
      pax({ path: Array.from({ length: 17 }, () => 'x'.repeat(240)).join('/') + 'x' }),
      file('x'),
    ]),
    invalid('twice', 'a path twice', [file('a', '1'), file('a', '2')]),
    invalid('file-and-folder', 'a path as a file and as a folder', [file('a', '1'), folder('a')]),
    invalid('without-parent', 'a file before its folder', [file('a/x', '1')]),
    invalid('parent-is-file', 'a file in a file', [file('a', '1'), file('a/x', '2')]),
    invalid('out-of-order', 'siblings not in byte order', [file('b', '1'), file('a', '2')]),
    invalid('breadth-first', 'back in a folder that was left', [folder('a'), folder('b'), file('a/x', '1')]),
  ];
}

function badTypes(): Vector[] {
  const types: Record<string, string> = {
    'hard-link': '1',
    'symbolic-link': '2',
    'character-device': '3',
    'block-device': '4',
    fifo: '6',
    contiguous: '7',
    'global-header': 'g',
    'gnu-long-name': 'L',
    'gnu-sparse': 'S',
    'old-file': '\0',
  };
  return [
    ...Object.entries(types).map(([name, type]) =>
      invalid(name, `an entry of type ${JSON.stringify(type)}`, [headerBlock({ path: 'a', type })]),
    ),
    invalid('file-with-link-target', 'a file with a link target', [
      headerBlock({ path: 'a', put: { 157: '/etc/passwd' } }),
    ]),
    invalid('old-gnu', 'a GNU header', [headerBlock({ path: 'a', put: { 257: 'ustar  \0' } })]),
  ];
}

function badHeaders(): Vector[] {
  return [
    invalid('checksum', 'a wrong checksum', [headerBlock({ path: 'a', spoil: { 0: 'b' } })]),
    invalid('owner', 'an owner number', [headerBlock({ path: 'a', put: { 108: '0001750\0' } })]),
    invalid('owner-name', 'an owner name', [headerBlock({ path: 'a', put: { 265: 'root' } })]),
    invalid('set-user-id', 'a mode with more than permission bits', [file('a', '', { mode: 0o4755 })]),
    invalid('group', 'a group number', [headerBlock({ path: 'a', put: { 116: '0001750\0' } })]),
    invalid('group-name', 'a group name', [headerBlock({ path: 'a', put: { 297: 'root' } })]),
    invalid('device-number', 'a device number', [headerBlock({ path: 'a', put: { 329: '0000001\0' } })]),
    invalid('text-behind-name', 'bytes behind the end of a name', [
      headerBlock({ path: 'a', put: { 2: 'b' } }),
    ]),
    invalid('text-behind-fields', 'bytes behind all fields', [headerBlock({ path: 'a', put: { 500: 'b' } })]),
    invalid('base-256', 'a size that is not octal', [headerBlock({ path: 'a', put: { 124: '\x80\0\0\0' } })]),
    invalid('folder-with-bytes', 'a folder with bytes', [folder('a', { size: 3 }), wholeBlocks('abc')]),
    invalid('padding', 'padding that is not zero', [
      headerBlock({ path: 'a', size: 3 }),
      Buffer.alloc(512, 'abcd'),
    ]),
    invalid('pax-other', 'a pax record of another kind', [pax({ linkpath: '/etc/passwd' }), file('a')]),
    invalid('pax-sparse', 'a pax record of GNU sparse files', [pax({ 'GNU.sparse.major': '1' }), file('a')]),
    invalid('pax-twice', 'a pax record twice', [
      paxHeader(paxRecord('path', 'a') + paxRecord('path', 'b')),
      file('a'),
    ]),
    invalid('pax-length', 'a pax record of a wrong length', [paxHeader('8 path=a\n'), file('a')]),
    invalid('pax-mtime', 'a pax mtime without decimals', [pax({ mtime: '1' }), file('a')]),
    invalid('pax-mtime-zeros', 'a pax mtime with a zero too many', [pax({ mtime: '012.500' }), file('a')]),
    invalid('pax-mtime-minus-zero', 'a pax mtime of minus zero', [pax({ mtime: '-0.000' }), file('a')]),
    invalid('pax-size-zeros', 'a pax size with a zero too many', [
      pax({ size: '03' }),
      file('a', 'abc', { size: 0 }),
    ]),
    invalid('pax-pax', 'two pax headers for one entry', [pax({ path: 'a' }), pax({ path: 'b' }), file('a')]),
    invalid('pax-alone', 'a pax header without its entry', [pax({ path: 'a' })]),
    invalid('pax-empty', 'a pax header without records', [paxHeader(''), file('a')]),
  ];
}

function badEnds(): Vector[] {
  return [
    invalid('trailing-zeros', 'a third zero block', [file('a')], Buffer.alloc(1536)),
    invalid('trailing-bytes', 'a byte behind the end', [file('a')], Buffer.alloc(1025)),
    invalid('trailing-entry', 'an entry behind the end', [file('a')], Buffer.concat([end, file('b')])),
    invalid('one-zero-block', 'only one zero block', [file('a')], Buffer.alloc(512)),
    invalid('no-end', 'no zero block', [file('a')], Buffer.alloc(0)),
    invalid('zero-block-inside', 'an entry behind a zero block', [file('a'), Buffer.alloc(512), file('b')]),
    invalid('cut-file', 'it ends within a file', [headerBlock({ path: 'a', size: 5000 })]),
    invalid('nothing', 'a folder without any archive', [], Buffer.alloc(0)),
  ];
}

export function archives(): Vector[] {
  return [...good(), ...badPaths(), ...badTypes(), ...badHeaders(), ...badEnds()];
}
