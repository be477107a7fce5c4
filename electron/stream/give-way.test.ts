import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStreamPool } from './pool.ts';
import { Bench } from './test-pool.ts';

const isLinux = process.platform === 'linux';

/** The priority of each thread of this process, as Linux tells it; nothing elsewhere. */
function niceOfThreads(): number[] {
  if (!isLinux) return [];
  return readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    // proc(5): the 19th field; the second, a name in brackets, may hold spaces.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });
}

async function niceWhile(givesWay: boolean): Promise<{ own: number; others: number[] }> {
  using bench = new Bench();
  await using pool = createStreamPool({ workers: 2, givesWay });
  const before = niceOfThreads();
  await pool.run(bench.seal(Buffer.alloc(20_000_000)).job);
  const others = niceOfThreads().filter((nice) => !before.includes(nice));
  return { own: getPriority(process.pid), others };
}

describe('threads that give way', () => {
  it('leave the others of the process as they were', async () => {
    const own = getPriority(process.pid);
    expect(await niceWhile(true)).toEqual({ own, others: isLinux ? [own + 5, own + 5] : [] });
  });

  it.runIf(isLinux).each([
    [10, 15],
    [17, 19],
  ])('of a program that was started %i nicer are nicer still', (nice, expected) => {
    const code = `import { getPriority } from 'node:os';
      import { giveWay } from ${JSON.stringify(path.join(import.meta.dirname, 'give-way.ts'))};
      giveWay();
      console.log(getPriority(0));`;
    const here = getPriority(process.pid);
    const args = ['-n', String(nice - here), process.execPath, '--input-type=module-typescript', '-e', code];
    const { stdout, stderr } = spawnSync('nice', args, { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(Number(stdout)).toBe(expected);
  });

  it('are those of the window only', async () => {
    const own = getPriority(process.pid);
    expect(await niceWhile(false)).toEqual({ own, others: [] });
  });
});
