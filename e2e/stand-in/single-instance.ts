/** @file One running instance for each user data folder; a later one hands its command line to it and ends. */
import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a second instance says to the first. */
export type HandedOver = { argv: string[]; workingDirectory: string; additionalData: unknown };

const PATIENCE_MS = 5_000;

export class SingleInstance {
  /** Settles once the first instance has what this one handed over. */
  handedOver: Promise<void> = Promise.resolve();
  #server: Server | undefined;
  readonly #heard: (message: HandedOver) => void;

  constructor(heard: (message: HandedOver) => void) {
    this.#heard = heard;
  }

  get isFirst(): boolean {
    return this.#server !== undefined;
  }

  /** @returns false if another instance holds `userData`; it is then being told */
  request(userData: string, additionalData: unknown): boolean {
    if (this.isFirst) return true;
    mkdirSync(userData, { recursive: true });
    const lock = path.join(userData, 'SingletonLock');
    // In the temp folder, since the path of a socket may have 107 bytes at most.
    const name = createHash('sha256').update(path.resolve(userData)).digest('hex').slice(0, 24);
    const socket = path.join(tmpdir(), `stand-in-${name}.sock`);
    if (!takeLock(lock)) {
      this.handedOver = tell(socket, {
        argv: process.argv,
        workingDirectory: process.cwd(),
        additionalData,
      });
      return false;
    }
    this.#listen(lock, socket);
    return true;
  }

  #listen(lock: string, socket: string): void {
    rmSync(socket, { force: true });
    this.#server = createServer({ allowHalfOpen: true }, (peer) => {
      let text = '';
      peer.on('data', (bytes) => (text += bytes.toString()));
      peer.on('end', () => {
        this.#heard(JSON.parse(text) as HandedOver);
        peer.end();
      });
    });
    this.#server.listen(socket);
    this.#server.unref();
    process.on('exit', () => {
      rmSync(socket, { force: true });
      rmSync(lock, { force: true });
    });
  }
}

/** The lock is a file with the holder's process id; it appears with its content, so that nobody reads half of it. */
function takeLock(lock: string): boolean {
  const mine = `${lock}-${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (;;) {
      if (linked(mine, lock)) return true;
      if (isRunning(holderOf(lock))) return false;
      rmSync(lock, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return undefined;
  }
}

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The first instance may have taken the lock a moment ago and not listen yet, so this tries for a while. */
async function tell(socket: string, message: HandedOver): Promise<void> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(50)) {
    const told = await new Promise<boolean>((resolve) => {
      const peer = connect({ path: socket, allowHalfOpen: true });
      peer.on('connect', () => peer.end(JSON.stringify(message)));
      peer.on('end', () => resolve(true));
      peer.on('error', () => resolve(false));
      peer.resume();
    });
    if (told) return;
    if (Date.now() > deadline) throw new Error('stand-in: the first instance does not listen');
  }
}
