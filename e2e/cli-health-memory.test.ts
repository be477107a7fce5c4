/** @file What `envelope health` takes of memory does not grow with the envelopes: whole processes, by what the system says. */
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Place } from './run-cli.ts';

const FEW = 1_500;
const MANY = 15_000;
const IN_A_FOLDER = 100;
/** It was 1 more; with a heap that V8 lets grow, 13. */
const MORE_PERCENT = 6;

/** Lets a process tell at its end, on its standard error, the most it had. */
const TELLING = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + ' kB\\n'))`,
)}`;

/** One pair by so many names: each is looked at as if it were another. */
function pairsByName(place: Place, folder: string, count: number): void {
  for (let n = 0; n < count; n += 1) {
    const inner = place.at(folder, `${Math.floor(n / IN_A_FOLDER)}`);
    if (n % IN_A_FOLDER === 0) mkdirSync(inner, { recursive: true });
    for (const half of ['enc', 'envelope']) linkSync(place.at(`a.${half}`), `${inner}/${n}.${half}`);
  }
}

it('peaks at the same for ten times as many', async () => {
  using place = new Place();
  writeFileSync(place.at('a'), 'a');
  await place.json(['seal', 'a']);
  const peakOf = async (count: number): Promise<number> => {
    pairsByName(place, `${count}`, count);
    const ran = await place.run(['health', `${count}`], { env: { NODE_OPTIONS: `--import=${TELLING}` } });
    expect(ran).toMatchObject({ code: 0, err: expect.stringContaining(' envelopes in ') });
    expect(ran.out).toContain(`${count} of ${count} envelopes open`);
    return Number(/^peak (\d+) kB$/m.exec(ran.err)?.[1]);
  };
  const few = await peakOf(FEW);
  expect(await peakOf(MANY)).toBeLessThan(few * (1 + MORE_PERCENT / 100));
});
