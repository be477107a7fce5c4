/** @file For tests: a key store and somebody who answers questions. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AskPassphrase, KeyStore, PassphrasePurpose } from './local-protection.ts';

/** A stand-in for the key store of a system: XOR. */
export class FakeKeyStore implements KeyStore {
  readonly name = 'fake';
  protect(bytes: Uint8Array): Promise<Uint8Array> {
    return Promise.resolve(bytes.map((byte) => byte ^ 0xaa));
  }
  unprotect(bytes: Uint8Array): Promise<Uint8Array> {
    return Promise.resolve(bytes.map((byte) => byte ^ 0xaa));
  }
}

/** Answers every question with the next of `answers`, and keeps the questions. */
export function asker(...answers: (string | undefined)[]): {
  ask: AskPassphrase;
  asked: PassphrasePurpose[];
} {
  const asked: PassphrasePurpose[] = [];
  const ask = (purpose: PassphrasePurpose): Promise<string | undefined> => {
    asked.push(purpose);
    return Promise.resolve(answers.shift());
  };
  return { ask, asked };
}

/** All that the files of a folder say. */
export async function textIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.join('\n');
}

export const base64url = (bytes: Uint8Array | undefined): string =>
  Buffer.from(bytes ?? []).toString('base64url');
