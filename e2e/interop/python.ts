/** @file The Python that has other people's implementations, and processes of it that answer line by line. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Tests that need the Python of e2e/interop/README.md. Without it there is one test that says so, and that fails where
 * ENVELOPE_REQUIRE_INTEROP=1 says that it must be there.
 */
export function describeInterop(name: string, tests: (python: string) => void): void {
  const python = process.env.ENVELOPE_PYTHON;
  describe(`interop: ${name}`, () => {
    if (python !== undefined) {
      tests(python);
      return;
    }
    it('interop: not run, ENVELOPE_PYTHON is not set', () => {
      console.log(`interop: ${name}: not run, ENVELOPE_PYTHON is not set (e2e/interop/README.md)`);
      expect(process.env.ENVELOPE_REQUIRE_INTEROP, 'interop is required here').not.toBe('1');
    });
  });
}

/** The path of a script of this folder. */
export const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A Python script that takes a line of JSON at a time and answers each with one. Asked one question at a time. */
export class LineProcess<Request, Answer> implements AsyncDisposable {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;
  #said = '';

  constructor(python: string, name: string, environment: NodeJS.ProcessEnv = {}) {
    this.#process = spawn(python, ['-B', script(name)], {
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#process.stderr.on('data', (chunk: Buffer) => (this.#said += chunk.toString()));
    this.#lines = createInterface({ input: this.#process.stdout });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  async ask(request: Request): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const { done, value } = await this.#answers.next();
    if (done) throw new Error(`the script ended: ${this.#said}`);
    return JSON.parse(value) as Answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const exited = this.#process.exitCode === null ? once(this.#process, 'exit') : undefined;
    this.#process.stdin.end();
    await exited;
    this.#lines.close();
  }
}

/** What opener_many.py answers to a list of arguments of opener.py. */
export type Opened = { verdict: 'ok' | 'refused'; said: string };
