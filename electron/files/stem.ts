/** @file The stem T that a pair shares: `T.enc` and `T.envelope` (FORMAT.md section 2, Names on disk). */
import path from 'node:path';

export const BODY_SUFFIX = '.enc';
export const ENVELOPE_SUFFIX = '.envelope';

/** Whether `file` ends in `suffix`, in whatever case: disks and programs differ in what they make of it. */
export function hasSuffix(file: string, suffix: string): boolean {
  return file.toLowerCase().endsWith(suffix);
}

/** `file` with the suffix `to` in the place of `from`, or after it if it has none. */
export function swapSuffix(file: string, from: string, to: string): string {
  return (hasSuffix(file, from) ? file.slice(0, -from.length) : file) + to;
}

/** UTF-8 bytes of the longest name that common file systems hold. */
const MAX_NAME_BYTES = 255;

function fits(stem: string): boolean {
  return Buffer.byteLength(stem + ENVELOPE_SUFFIX) <= MAX_NAME_BYTES;
}

/** T: `name`, or `id` if `name` is undefined (hidden content) or `name.envelope` would exceed 255 bytes. */
export function stemFor(name: string | undefined, id: string): string {
  return name !== undefined && fits(name) ? name : id;
}

/**
 * The `n`-th choice of a name, n ≥ 1: `report.pdf`, `report (2).pdf`, `report (3).pdf` …
 * Of a dot file (`.profile`) the whole name counts as the part before the dot.
 */
export function numbered(name: string, n: number): string {
  if (n === 1) return name;
  const { name: front, ext } = path.parse(name);
  return `${front} (${n})${ext}`;
}

/** The `n`-th choice of a stem, n ≥ 1; made of `id` where the numbered name is too long. */
export function numberedStem(stem: string, n: number, id: string): string {
  const choice = numbered(stem, n);
  return fits(choice) ? choice : numbered(id, n);
}

/** Names of devices on Windows, with any ending; the superscript digits count too. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)/i;

/**
 * The name under which this system can hold `name` (FORMAT.md section 5, Open): on Windows `< > : " | ? *` and a last
 * dot or space become `_`, and the name of a device gets a leading `_`. `changed`: the user is told.
 */
export function systemName(
  name: string,
  platform: string = process.platform,
): { name: string; changed: boolean } {
  if (platform !== 'win32') return { name, changed: false };
  const possible = name
    .replace(/[<>:"|?*]/g, '_')
    .replace(/[. ]$/, '_')
    .replace(deviceName, '_$&');
  return { name: possible, changed: possible !== name };
}
