/** @file The members of a request, checked as the service checks them. */
import type { Context } from './blob.ts';
import { ServiceError } from './service-error.ts';

export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

/** The JSON body of a request. */
export class Input {
  readonly #members: ReadonlyMap<string, unknown>;

  constructor(body: string) {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) throw invalid('not an object');
    this.#members = new Map(Object.entries(value));
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  optional(name: string): string | undefined {
    const value = this.#members.get(name);
    if (value !== undefined && typeof value !== 'string') throw invalid(`${name} is not a string`);
    return value;
  }

  text(name: string): string {
    const value = this.optional(name);
    if (value === undefined || value === '') throw invalid(`${name} must not be null`);
    return value;
  }

  number(name: string, fallback: number, least: number, most: number): number {
    const value = this.#members.get(name) ?? fallback;
    if (typeof value !== 'number' || value < least || value > most) {
      throw invalid(`${name} must be between ${least} and ${most}`);
    }
    return value;
  }

  flag(name: string): boolean {
    return this.#members.get(name) === true;
  }

  list(name: string): readonly unknown[] {
    const value = this.#members.get(name);
    return Array.isArray(value) ? value : [];
  }

  bytes(name: string, most: number): Buffer {
    const value = Buffer.from(this.text(name), 'base64');
    if (value.length < 1 || value.length > most) throw invalid(`${name} must have 1 to ${most} bytes`);
    return value;
  }

  context(name: string): Context {
    const value = this.#members.get(name) ?? {};
    if (typeof value !== 'object' || value === null) throw invalid(`${name} is not a map`);
    return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
  }
}
