/**
 * @file Structured-clone values as JSON text and back, since DevTools carries only text. Runs in Node and, as source text,
 * in the page, so everything here is a function that stands on its own.
 */
import { notImplemented } from '../refuse.ts';

type Packed =
  | null
  | boolean
  | string
  | number
  | ['undefined']
  | ['number' | 'bigint' | 'bytes', string]
  | ['date', number | null]
  | ['array' | 'set', Packed[]]
  | ['object', [string, Packed][]]
  | ['map', [Packed, Packed][]];

/** Refuses what Electron's own serializer refuses (functions, symbols, DOM nodes), with the same words. */
export function encode(value: unknown): string {
  const cloned = structuredClone(value);
  // Most of what crosses is plain, and some of it long: packing that would keep the page busy, as Electron does not.
  return isJson(cloned) ? `=${JSON.stringify(cloned)}` : JSON.stringify(pack(cloned));
}

export function decode(text: string): unknown {
  return text.startsWith('=') ? (JSON.parse(text.slice(1)) as unknown) : unpack(JSON.parse(text) as Packed);
}

/** Whether JSON gives back exactly what it was given. */
export function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isJson) && Object.keys(value).length === value.length;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
}

export function pack(value: unknown): Packed {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === undefined) return ['undefined'];
  if (typeof value === 'bigint') return ['bigint', String(value)];
  if (Object.is(value, -0)) return ['number', '-0'];
  if (typeof value === 'number') return Number.isFinite(value) ? value : ['number', String(value)];
  return packObject(value);
}

export function packObject(value: object): Packed {
  if (Array.isArray(value)) return ['array', value.map(pack)];
  if (value instanceof Date) return ['date', value.getTime()];
  if (value instanceof Map) return ['map', [...value].map(([key, item]) => [pack(key), pack(item)])];
  if (value instanceof Set) return ['set', [...value].map(pack)];
  if (value instanceof Uint8Array) {
    return ['bytes', btoa(Array.from(value, (byte) => String.fromCharCode(byte)).join(''))];
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype) throw notImplemented(`a ${value.constructor.name} over IPC`);
  return ['object', Object.entries(value).map(([key, item]) => [key, pack(item)])];
}

export function unpack(packed: Packed): unknown {
  if (!Array.isArray(packed)) return packed;
  switch (packed[0]) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(packed[1]);
    case 'bigint':
      return BigInt(packed[1]);
    case 'bytes':
      return Uint8Array.from(atob(packed[1]), (letter) => letter.charCodeAt(0));
    case 'date':
      return new Date(packed[1] ?? Number.NaN);
    case 'array':
      return packed[1].map(unpack);
    case 'set':
      return new Set(packed[1].map(unpack));
    case 'map':
      return new Map(packed[1].map(([key, item]) => [unpack(key), unpack(item)]));
    case 'object':
      return Object.fromEntries(packed[1].map(([key, item]) => [key, unpack(item)]));
    default:
      throw new Error(`not a packed value: ${JSON.stringify(packed)}`);
  }
}
