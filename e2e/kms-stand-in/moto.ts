/** @file moto, the emulator the field trusts, as a process of its own on loopback. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_MS = 60_000;

export type Moto = AsyncDisposable & { endpoint: string };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts `moto_server` of the Python at `python` and waits until it answers. */
export async function startMoto(python: string): Promise<Moto> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  const exited = once(server, 'exit');
  const stop = async (): Promise<void> => {
    server.kill();
    await exited;
  };
  const deadline = performance.now() + READY_MS;
  while (!(await answers(endpoint))) {
    if (server.exitCode !== null || performance.now() > deadline) {
      if (server.exitCode === null) await stop();
      throw new Error(`moto did not start: ${said}`);
    }
    await sleep(100);
  }
  return { endpoint, [Symbol.asyncDispose]: stop };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/moto-api/`)).ok;
  } catch {
    return false;
  }
}
