/** @file The blocks of a tar archive, put together by hand, so that they can be wrong. */

export type Block = {
  path?: string | Uint8Array;
  type?: string;
  mode?: number;
  size?: number;
  /** Text put into the block before the checksum is made, by offset. */
  put?: Readonly<Record<number, string>>;
  /** The same, after the checksum. */
  spoil?: Readonly<Record<number, string>>;
};

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

const MODIFIED = 1_795_000_000;

/** One ustar header of 512 bytes. */
export function headerBlock({ path = 'a', type = '0', mode = 0o644, size = 0, put, spoil }: Block): Buffer {
  const block = Buffer.alloc(512);
  block.set(Buffer.from(path), 0);
  const fields = {
    100: octal(mode, 7),
    108: octal(0, 7),
    116: octal(0, 7),
    124: octal(size, 11),
    136: octal(MODIFIED, 11),
    148: '        ',
    156: type,
    257: 'ustar\x0000',
    ...put,
  };
  for (const [offset, text] of Object.entries(fields)) block.write(text, Number(offset), 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148, 'latin1');
  for (const [offset, text] of Object.entries(spoil ?? {})) block.write(text, Number(offset), 'latin1');
  return block;
}

/** `bytes`, filled up with zeros to whole blocks. */
export function wholeBlocks(bytes: string): Buffer {
  const content = Buffer.from(bytes);
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

export const file = (path: string, bytes = '', block: Block = {}): Buffer =>
  Buffer.concat([headerBlock({ path, size: bytes.length, ...block }), wholeBlocks(bytes)]);

export const folder = (path: string, block: Block = {}): Buffer =>
  headerBlock({ path, type: '5', mode: 0o755, ...block });

/** A pax header with `records` as its body, to the letter. */
export const paxHeader = (records: string): Buffer =>
  Buffer.concat([
    headerBlock({ path: 'PaxHeader', type: 'x', size: Buffer.byteLength(records) }),
    wholeBlocks(records),
  ]);

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
export function paxRecord(key: string, value: string): string {
  const length = Buffer.byteLength(` ${key}=${value}\n`);
  const digits = String(length + String(length).length).length;
  return `${String(length + digits)} ${key}=${value}\n`;
}

export const pax = (records: Readonly<Record<string, string>>): Buffer =>
  paxHeader(
    Object.entries(records)
      .map(([key, value]) => paxRecord(key, value))
      .join(''),
  );

/** Two zero blocks. */
export const end = Buffer.alloc(1024);
