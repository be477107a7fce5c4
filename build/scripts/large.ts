/**
 * @file A file far larger than memory, sealed, verified and opened by the bundled program, which may never hold more
 * than a fixed cap. Needs Linux, and twice the size in free space. See e2e/README.md.
 *
 *   npm run build && node build/scripts/large.ts [--size GiB] [--cap MB] [--dir FOLDER] [--cgroup FOLDER]
 */
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, truncateSync } from 'node:fs';
import { statfsSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './bench/program.ts';

const GIB = 2 ** 30;
const MB = 1e6;
/** Bytes past a whole number of segments, so that the last one is short. */
const ODD = 12_345;
/** Islands of random bytes in the hole. */
const ISLANDS = 256;
const ISLAND_BYTES = 4096;
/** Megabytes of heap: what the program collects before it grows. */
const HEAP_MB = 48;

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '20' },
    cap: { type: 'string', default: '200' },
    dir: { type: 'string', default: tmpdir() },
    // A memory cgroup whose limit is set: then the kernel enforces a cap too.
    cgroup: { type: 'string' },
  },
});
const size = Math.round(Number(values.size) * GIB) + ODD;
const cap = Number(values.cap) * MB;
const cli = path.resolve(import.meta.dirname, '../../out/cli.js');

function writeSource(file: string): void {
  writeFileSync(file, '');
  truncateSync(file, size);
  const fd = openSync(file, 'r+');
  for (let island = 0; island < ISLANDS; island++) {
    const at = Math.floor(((size - ISLAND_BYTES) * island) / (ISLANDS - 1));
    writeSync(fd, randomBytes(ISLAND_BYTES), 0, ISLAND_BYTES, at);
  }
  closeSync(fd);
}

/** @throws Error at the first difference */
function compare(one: string, other: string): void {
  const [a, b] = [openSync(one, 'r'), openSync(other, 'r')];
  const [left, right] = [Buffer.alloc(4 * 2 ** 20), Buffer.alloc(4 * 2 ** 20)];
  for (let at = 0; ;) {
    const [n, m] = [readSync(a, left, 0, left.length, at), readSync(b, right, 0, right.length, at)];
    if (n !== m || left.compare(right, 0, m, 0, n) !== 0) throw new Error(`they differ after byte ${at}`);
    if (n === 0) break;
    at += n;
  }
  closeSync(a);
  closeSync(b);
}

async function step(name: string, folder: string, ...args: string[]): Promise<void> {
  const { seconds, peakBytes } = await measure(
    process.execPath,
    [`--max-old-space-size=${HEAP_MB}`, cli, name, '--quiet', ...args],
    {
      cwd: folder,
      env: { ...process.env, ENVELOPE_HOME: path.join(folder, 'home') },
      onStart: (pid) => {
        if (values.cgroup !== undefined) writeFileSync(path.join(values.cgroup, 'cgroup.procs'), `${pid}`);
      },
    },
  );
  const [speed, peak] = [size / seconds / MB, peakBytes / MB];
  console.log(
    `${name.padEnd(7)}${seconds.toFixed(1)} s, ${speed.toFixed(0)} MB/s, peak ${peak.toFixed(0)} MB`,
  );
  if (peakBytes === 0 || peakBytes > cap) throw new Error(`the cap is ${values.cap} MB`);
}

if (!existsSync(cli)) throw new Error('there is no out/cli.js yet: npm run build');
const { bavail, bsize } = statfsSync(values.dir);
if (bavail * bsize < 2.1 * size) throw new Error(`${values.dir} has no room for this`);
const folder = mkdtempSync(path.join(values.dir, 'envelope-large-'));
try {
  const source = path.join(folder, 'large');
  writeSource(source);
  console.log(`${size} bytes in ${folder}, memory capped at ${values.cap} MB`);
  await step('seal', folder, 'large');
  await step('verify', folder, 'large.envelope');
  await step('open', folder, 'large.envelope', '--to', 'opened');
  unlinkSync(path.join(folder, 'large.enc'));
  compare(source, path.join(folder, 'opened', 'large'));
  console.log('The opened file is the sealed one, byte for byte.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
