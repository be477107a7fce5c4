/** @file Rules of FORMAT.md for the archive of a folder. */
import { breaksOf, type Sentence } from './sentence.ts';

const tarHeader = 'electron/files/archive-header.ts';
const pax = 'electron/files/archive-pax.ts';
const sink = 'electron/files/archive-sink.ts';

const sentences: readonly Sentence[] = [
  ['an archive may have an old GNU header', tarHeader, `!== 'ustar\\x0000'`, `=== ''`],
  ['files in an archive may have an owner', tarHeader, `octal(block, 108, 8) !== 0 || `, ``],
  ['files in an archive may have a group', tarHeader, ` || octal(block, 116, 8) !== 0)`, `)`],
  [
    'files in an archive may have a link target',
    tarHeader,
    `if (!isZero(block.subarray(157, 257)))`,
    `if (block.length === 0)`,
  ],
  ['files in an archive may have a device number', tarHeader, `[329, 337]`, `[337]`],
  [
    'bytes may stand behind all fields of a header',
    tarHeader,
    `if (!isZero(block.subarray(500)))`,
    `if (block.length === 0)`,
  ],
  [
    'bytes may stand behind the end of a name',
    tarHeader,
    `if (!isZero(field.subarray(bytes.length)))`,
    `if (field.length === 0)`,
  ],
  [
    'the checksum of a header may be wrong',
    tarHeader,
    `if (!new Header(block).cksumValid)`,
    `if (block.length === 0)`,
  ],
  [
    'a pax header may have other records',
    pax,
    `if (!['path', 'size', 'mtime'].includes(key))`,
    `if (key === '')`,
  ],
  ['a pax record may stand twice', pax, `if (values.has(key))`, `if (key === '')`],
  [
    'a pax time may have any decimals',
    pax,
    `\\.([0-9]{3})$/`,
    `(?:\\.([0-9]+))?$/`,
    'electron/files/archive-pax.test.ts',
  ],
  ['a pax time may be minus zero', pax, ` || (sign === '-' && milliseconds === 0)`, ``],
  [
    'a pax size may begin with zeros',
    pax,
    `!/^(0|[1-9][0-9]*)$/.test(value) ||`,
    `!/^[0-9]+$/.test(value) ||`,
  ],
  ['a mode in an archive may have more bits', sink, `if (header.mode > 0o777)`, `if (header.mode > 0o7777)`],
  [
    'a folder in an archive may have bytes',
    sink,
    `if (size !== 0) throw`,
    `if (size < 0) throw`,
    'electron/files/archive-sink.test.ts',
  ],
  ['padding in an archive may be anything', sink, `if (!isZero(padding))`, `if (padding.length === 0)`],
  [
    'bytes may follow the end of an archive',
    sink,
    `if (this.#zeroBlocks === 2) throw`,
    `if (this.#zeroBlocks === 3) throw`,
  ],
  ['an archive needs no end', sink, `if (this.#zeroBlocks < 2) throw`, `if (this.#zeroBlocks < 0) throw`],
  [
    'one zero block may stand inside',
    sink,
    `if (this.#zeroBlocks > 0) throw`,
    `if (this.#zeroBlocks > 9) throw`,
    'electron/files/archive-sink.test.ts',
  ],
  [
    'a pax header may stand alone',
    sink,
    `if (this.#pax !== undefined) throw archiveInvalid('a pax header before no entry');`,
    ``,
  ],
  [
    'a path in an archive may have 129 components',
    'electron/files/archive-plan.ts',
    `MAX_COMPONENTS = 128`,
    `MAX_COMPONENTS = 129`,
  ],
  [
    'a path in an archive may have only 127 components',
    'electron/files/archive-plan.ts',
    `MAX_COMPONENTS = 128`,
    `MAX_COMPONENTS = 127`,
  ],
  [
    'an entry may come before its folder',
    'electron/files/archive-paths.ts',
    `if (depth > openFolders || components`,
    `if (components`,
  ],
  [
    'siblings may come in any order',
    'electron/files/archive-paths.ts',
    `Buffer.compare(Buffer.from(name), Buffer.from(before)) <= 0`,
    `Buffer.compare(Buffer.from(name), Buffer.from(before)) === 0`,
  ],
];

export const archiveBreaks = breaksOf(sentences);
