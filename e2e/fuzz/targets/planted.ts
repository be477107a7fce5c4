/** @file A reader with a fault four blocks deep: whoever finds it in a few thousand tries was guided. */
import type { Target } from '../target.ts';

const FAULT = 'ENVE';

function run(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('latin1');
  if (text[0] !== FAULT[0]) return false;
  if (text[1] !== FAULT[1]) return false;
  if (text[2] !== FAULT[2]) return false;
  if (text[3] !== FAULT[3]) return false;
  throw new TypeError('nobody thought of this');
}

export const planted: Target = {
  name: 'planted',
  watched: ['/fuzz/targets/planted.ts'],
  seeds: () => [Buffer.from('nothing')],
  words: FAULT.split(''),
  run,
};
