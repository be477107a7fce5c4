/** @file One big file on one core, on two, on four: what each is worth. */
import { availableParallelism } from 'node:os';
import type { Contest } from './contest.ts';
import { isInstalled, type Workshop, writeNoise } from './workshop.ts';

/** `undefined` where a program cannot be held to some of the cores (`taskset`, Linux). The pool has a thread for each. */
export function onCores(shop: Workshop, size: number): Contest | undefined {
  if (!isInstalled('taskset')) return undefined;
  writeNoise(shop.at('noise'), size);
  const counts = [1, 2, 4, 8, 16].filter((count) => count <= availableParallelism());
  const contestants = counts.map((count) => {
    const { command, args, options } = shop.envelope('', ['seal', 'noise']);
    return {
      name: `envelope seal, ${count} ${count === 1 ? 'core' : 'cores'}`,
      command: 'taskset',
      args: ['-c', `0-${count - 1}`, command, ...args],
      ...(options !== undefined && { options }),
      reset: () => {
        shop.remove('noise.enc', 'noise.envelope');
      },
    };
  });
  return { name: 'growth with cores', work: { count: size / 1e6, unit: 'MB' }, contestants };
}
