/** @file JSON as FORMAT.md section 2 allows it ("Canonical text"): a reader that refuses the rest, and the writer. */
import type { JsonObject, JsonValue } from '../../shared/envelope.ts';
import { invalid } from './invalid.ts';

/** How many objects and lists may lie in one another, the outermost counted. */
const MAX_NESTING = 8;

/**
 * What a text says, with the members of every object in file order. Objects are Maps, because a JavaScript object
 * forgets that order (`{"b":1,"7":2}` becomes `{"7":2,"b":1}`; both are legal names of labels) and inherits members.
 */
export type JsonTree = null | boolean | number | string | readonly JsonTree[] | JsonMembers;
export type JsonMembers = ReadonlyMap<string, JsonTree>;

/**
 * Strict UTF-8 to text.
 * @throws EnvelopeError `envelope-invalid` for an invalid sequence or a byte order mark
 */
export function decodeUtf8(bytes: Uint8Array): string {
  let text: string;
  try {
    // ignoreBOM means: leave the mark in the text.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid('it is not UTF-8');
  }
  if (text.startsWith('\uFEFF')) throw invalid('it begins with a byte order mark');
  return text;
}

/**
 * Any JSON, as the platform understands it.
 * @throws EnvelopeError `envelope-invalid`; without the platform's message, which quotes the text
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
}

/**
 * Reads canonical text. The rule is: the text with white space outside strings removed equals the parsed value
 * serialised, members in file order. White space apart, a text is the sequence of its tokens, and serialising writes
 * the same braces, commas and colons back. So the rule holds exactly if every string and number is spelt as
 * serialising would spell it, and no member stands twice: that is what is checked here, in one pass.
 * @throws EnvelopeError `envelope-invalid`
 */
export function readJson(text: string): JsonTree {
  parseJson(text);
  return readParsed(text);
}

/** As {@link readJson}, of a text that {@link parseJson} has accepted. */
export function readParsed(text: string): JsonTree {
  const tokens = tokensOf(text);
  return readTree(tokens, next(tokens), 0);
}

/** A string, a brace or bracket, or a number, `true`, `false`, `null`. Valid JSON can be read without its `,` and `:`. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|[^\s{}[\],:"]+/g;

function* tokensOf(text: string): Generator<string, undefined> {
  for (const [token] of text.matchAll(TOKEN)) yield token;
}

function next(tokens: Iterator<string, undefined>): string {
  const token = tokens.next().value;
  if (token === undefined) throw new Error('valid JSON ended inside a value');
  return token;
}

/**
 * Where in the text of an object, which {@link readJson} has accepted, the list or object stands that is the value of
 * its own member `name`: from its first bracket to behind its last.
 */
export function spanOfMember(text: string, name: string): { start: number; end: number } {
  const quoted = JSON.stringify(name);
  let depth = 0;
  let isNext = false;
  let start: number | undefined;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      if (isNext) start = index;
      depth += 1;
    }
    if (token === '}' || token === ']') depth -= 1;
    if (start !== undefined && depth === 1) return { start, end: index + 1 };
    isNext = depth === 1 && token === quoted;
  }
  throw new Error(`no list or object named ${name}`);
}

/** `outer`: how many objects and lists are open around this value. Bounded, so recursion is safe. */
function readTree(tokens: Iterator<string, undefined>, token: string, outer: number): JsonTree {
  if (token !== '{' && token !== '[') return readScalar(token);
  if (outer === MAX_NESTING) throw invalid(`it is nested deeper than ${String(MAX_NESTING)}`);
  return token === '{' ? readMembers(tokens, outer + 1) : readList(tokens, outer + 1);
}

function readMembers(tokens: Iterator<string, undefined>, outer: number): JsonMembers {
  const members = new Map<string, JsonTree>();
  for (let token = next(tokens); token !== '}'; token = next(tokens)) {
    const name = readString(token);
    if (name === '__proto__') throw invalid('it has a member named __proto__');
    if (members.has(name)) throw invalid('it has the same member twice');
    members.set(name, readTree(tokens, next(tokens), outer));
  }
  return members;
}

function readList(tokens: Iterator<string, undefined>, outer: number): JsonTree[] {
  const list: JsonTree[] = [];
  for (let token = next(tokens); token !== ']'; token = next(tokens)) {
    list.push(readTree(tokens, token, outer));
  }
  return list;
}

function readScalar(token: string): JsonTree {
  if (token === 'null') return null;
  if (token === 'true' || token === 'false') return token === 'true';
  return token.startsWith('"') ? readString(token) : readNumber(token);
}

/** A string of nothing but plain ASCII has one spelling, and says what it spells. Most of an envelope is such strings. */
const PLAIN = /^"[ !#-[\]-~]*"$/;

function readString(token: string): string {
  if (PLAIN.test(token)) return token.slice(1, -1);
  const value = String(JSON.parse(token));
  if (!value.isWellFormed()) throw invalid('it has a string with half of a surrogate pair');
  if (JSON.stringify(value) !== token) throw invalid('it has a string in an unusual spelling');
  return value;
}

function readNumber(token: string): number {
  const value = Number(token);
  if (!isFormatNumber(value) || String(value) !== token) {
    throw invalid('it has a number that is not a plain integer from 0 to 2^53-1');
  }
  return value;
}

/** The only numbers of the format: integers from 0 to 2^53-1, and not -0. */
function isFormatNumber(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}

/** A value to write: a tree, or plain objects with their members in JavaScript's order. */
type Writable = JsonTree | readonly Writable[] | { readonly [member: string]: Writable };

/**
 * Writes a value. Without `indent` there is no white space; with it every member and element stands on a line of its
 * own, as JSON.stringify would set it. `margin` is what every line but the first begins with.
 */
export function writeJson(value: Writable, indent = '', margin = ''): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = margin + indent;
  const colon = indent === '' ? ':' : ': ';
  const items = isList(value)
    ? value.map((item) => writeJson(item, indent, inner))
    : membersOf(value).map(([name, item]) => JSON.stringify(name) + colon + writeJson(item, indent, inner));
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (items.length === 0 || indent === '') return open + items.join(',') + close;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`;
}

// Array.isArray does not tell the compiler about readonly arrays.
function isList(value: Writable): value is readonly Writable[] {
  return Array.isArray(value);
}

function membersOf(value: JsonMembers | { readonly [member: string]: Writable }): [string, Writable][] {
  return value instanceof Map ? [...value] : Object.entries(value);
}

/**
 * JCS (RFC 8785) of what FORMAT.md section 2 allows: members sorted by UTF-16 code units at every level, no white
 * space, strings as JSON.stringify writes them. Two readers get the same bytes, so they can be signed and encrypted.
 * A value that the format does not allow is a bug.
 */
export function jcs(value: JsonValue): string {
  if (typeof value === 'number' && !isFormatNumber(value)) throw new Error('a number no envelope can hold');
  if (typeof value === 'string' && !value.isWellFormed()) throw new Error('a string no envelope can hold');
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  return `{${sortedMembers(value)
    .map(([name, member]) => `${jcs(name)}:${jcs(member)}`)
    .join(',')}}`;
}

function sortedMembers(object: JsonObject): [string, JsonValue][] {
  return Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
}
