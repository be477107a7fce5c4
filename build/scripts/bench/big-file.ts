/** @file One big file: sealed, opened and verified beside `cp` and other people's tools. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import type { Contest, Contestant } from './contest.ts';
import { digestOf, isInstalled, type Workshop, writeNoise } from './workshop.ts';

/** A tool that encrypts one file. `input` goes to its standard input. */
type Tool = {
  name: string;
  command: string;
  encrypt: (from: string, to: string) => string[];
  decrypt: (from: string, to: string) => string[];
  input?: string;
  /** Ends what it leaves running. */
  close?: () => void;
};

const AWS_ENCRYPTION_SDK = path.join(import.meta.dirname, 'aws-encryption-sdk.ts');
const PASSPHRASE = 'not a secret: it protects noise\n';

async function ageTool(shop: Workshop): Promise<Tool> {
  const identity = await generateIdentity();
  const recipient = await identityToRecipient(identity);
  writeFileSync(shop.at('age.key'), `${identity}\n`);
  return {
    name: 'age',
    command: 'age',
    encrypt: (from, to) => ['-r', recipient, '-o', to, from],
    decrypt: (from, to) => ['-d', '-i', 'age.key', '-o', to, from],
  };
}

/** The passphrase is stretched as little as each allows: the file is what is measured. */
function gpgTool(shop: Workshop): Tool {
  const home = shop.at('gpg');
  mkdirSync(home, { mode: 0o700 });
  const common = ['--homedir', home, '--batch', '--quiet', '--passphrase-fd', '0'];
  const loopback = ['--pinentry-mode', 'loopback', '--no-symkey-cache'];
  const cipher = ['--cipher-algo', 'AES256', '--compress-algo', 'none', '--s2k-count', '1024'];
  return {
    name: 'gpg -c (AES256, no compression)',
    command: 'gpg',
    encrypt: (from, to) => [...common, ...loopback, ...cipher, '-o', to, '-c', from],
    decrypt: (from, to) => [...common, ...loopback, '-o', to, '-d', from],
    input: PASSPHRASE,
    close: () => execFileSync('gpgconf', ['--homedir', home, '--kill', 'gpg-agent']),
  };
}

function opensslTool(): Tool {
  const common = ['enc', '-aes-256-ctr', '-pbkdf2', '-pass', 'stdin'];
  return {
    name: 'openssl enc -aes-256-ctr (no integrity)',
    command: 'openssl',
    encrypt: (from, to) => [...common, '-in', from, '-out', to],
    decrypt: (from, to) => [...common, '-d', '-in', from, '-out', to],
    input: PASSPHRASE,
  };
}

/** In this very Node. */
function awsEncryptionSdk(): Tool {
  return {
    name: 'AWS Encryption SDK for JavaScript',
    command: process.execPath,
    encrypt: (from, to) => [AWS_ENCRYPTION_SDK, 'encrypt', from, to],
    decrypt: (from, to) => [AWS_ENCRYPTION_SDK, 'decrypt', from, to],
    input: `${'5a'.repeat(32)}\n`,
  };
}

async function toolsOf(shop: Workshop): Promise<Tool[]> {
  const tools = [await ageTool(shop), gpgTool(shop), opensslTool(), awsEncryptionSdk()];
  for (const { command } of tools) {
    if (!isInstalled(command)) console.log(`${command} is not installed here and is left out.`);
  }
  return tools.filter(({ command }) => isInstalled(command));
}

function byTool(shop: Workshop, tool: Tool, args: string[], more: Partial<Contestant>): Contestant {
  const options = { cwd: shop.folder, ...(tool.input !== undefined && { input: tool.input }) };
  return shop.program(tool.name, tool.command, args, { ...more, options });
}

/**
 * A file of noise that every tool seals and opens in turns. There is never more of it than twice, and once by each other
 * tool. Disposed, it ends what the tools left running.
 */
export class BigFile implements Disposable {
  readonly #shop: Workshop;
  readonly #tools: readonly Tool[];
  readonly #size: number;
  readonly #digest: string;

  private constructor(shop: Workshop, tools: readonly Tool[], size: number) {
    this.#shop = shop;
    this.#tools = tools;
    this.#size = size;
    this.#digest = digestOf(shop.at('noise'));
  }

  /** `alone`: beside `cp` only. */
  static async prepare(shop: Workshop, size: number, { alone }: { alone: boolean }): Promise<BigFile> {
    writeNoise(shop.at('noise'), size);
    return new BigFile(shop, alone ? [] : await toolsOf(shop), size);
  }

  get seal(): Contest {
    const shop = this.#shop;
    const removing = (...names: string[]) => ({
      reset: () => {
        shop.remove(...names);
      },
    });
    const tools = this.#tools.map((tool) => {
      const output = `noise.${path.basename(tool.command)}`;
      return byTool(shop, tool, tool.encrypt('noise', output), removing(output));
    });
    const ours = shop.envelope('envelope seal', ['seal', 'noise'], removing('noise.enc', 'noise.envelope'));
    return this.#contest('seal', [this.#copyOf('noise'), ours, ...tools]);
  }

  /** What `open` and `verify` work on: the noise, sealed by every tool, and no longer the noise itself. */
  sealAllWays(): void {
    const shop = this.#shop;
    mkdirSync(shop.at('sealed'));
    shop.runEnvelope('seal', 'noise', '--to', 'sealed');
    for (const { command, encrypt, input } of this.#tools) {
      execFileSync(command, encrypt('noise', `sealed/${path.basename(command)}`), {
        cwd: shop.folder,
        input,
      });
    }
    shop.remove('noise');
  }

  get open(): Contest {
    const shop = this.#shop;
    const into = {
      reset: () => {
        shop.remove('opened');
        mkdirSync(shop.at('opened'));
      },
      check: () => {
        if (digestOf(shop.at('opened', 'noise')) !== this.#digest) throw new Error('another file came out');
      },
    };
    const tools = this.#tools.map((tool) =>
      byTool(shop, tool, tool.decrypt(`sealed/${path.basename(tool.command)}`, 'opened/noise'), into),
    );
    const args = ['open', 'sealed/noise.envelope', '--to', 'opened'];
    const ours = shop.envelope('envelope open', args, into);
    return this.#contest('open', [this.#copyOf('sealed/noise.enc'), ours, ...tools]);
  }

  get verify(): Contest {
    const args = ['verify', 'sealed/noise.envelope'];
    const ours = this.#shop.envelope('envelope verify', args);
    return this.#contest('verify', [this.#copyOf('sealed/noise.enc'), ours]);
  }

  #copyOf(file: string): Contestant {
    return this.#shop.program('cp', 'cp', [file, 'copy'], {
      reset: () => {
        this.#shop.remove('copy');
      },
    });
  }

  #contest(what: string, contestants: Contestant[]): Contest {
    const work = { count: this.#size / 1e6, unit: 'MB' } as const;
    return { name: `${what} ${sizeText(this.#size)}`, work, contestants };
  }

  [Symbol.dispose](): void {
    for (const { close } of this.#tools) close?.();
  }
}

function sizeText(bytes: number): string {
  return bytes >= 2 ** 30 ? `${bytes / 2 ** 30} GiB` : `${bytes / 2 ** 20} MiB`;
}
