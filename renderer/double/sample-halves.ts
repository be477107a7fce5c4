import type { CopiesState } from '../../shared/copies.ts';
import type { Grant } from '../../shared/desktop.ts';
import type { LocatedHalf } from '../../shared/halves.ts';
import { thisComputer } from './sample-keys.ts';

export const sampleCopies: CopiesState = {
  keep: true,
  megabytes: 256,
  place: '/home/kim/.local/share/envelope/envelopes',
  isOwn: true,
  isThere: true,
  count: 4_812,
  bytes: 5_940_112,
  oldest: '2026-03-02T08:00:00.000Z',
  newest: '2026-11-23T16:18:04.000Z',
};

const searched = { folders: 84, files: 2_310, placeholders: 0, complete: true };

/** An envelope's body is found above it; a body's envelope is only among the copies. */
export function sampleLocated(own: Grant): LocatedHalf {
  const path = `/home/kim/Documents/${own.name}`;
  if (own.kind === 'body') {
    const copy = {
      content: { kind: 'file' as const, name: 'Q3 payroll.xlsx', size: 48_318_221 },
      created: '2026-11-20T08:14:09.512Z',
      kept: '2026-11-20T08:14:10.000Z',
      keys: [{ provider: 'local', key: thisComputer, name: 'This computer' }],
    };
    return { own, located: { half: 'body', path, copy, searched } };
  }
  const found = { path: '/home/kim/Archive/2026/payroll old.enc', where: 'above' as const };
  const other: Grant = { id: 'found', name: 'payroll old.enc', kind: 'body', size: 48_319_061 };
  return { own, other, located: { half: 'envelope', path, found, searched } };
}
