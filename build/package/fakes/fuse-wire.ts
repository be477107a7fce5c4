/** @file The fuses as they lie in Electron's program: a mark, a version, their number, a character each (fuses.md). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const VERSION = 1;
/** Electron's defaults, in the order of FuseV1Options. */
const DEFAULTS = '101100011';

export const fuseWire = (): Buffer =>
  Buffer.concat([Buffer.from(SENTINEL), Buffer.from([VERSION, DEFAULTS.length]), Buffer.from(DEFAULTS)]);
