/** @file Work that is only acted: rows that run for some seconds and end. */
import type { Grant, Operation, Row } from '../../shared/desktop.ts';
import type { Events } from './events.ts';
import { sampleBatch, sampleRow } from './sample-rows.ts';

const TICK_MS = 150;
const SPEED = 180_000_000;

export type ActedWork = {
  start: (operation: Operation, grants: readonly Grant[]) => string;
  cancel: (id: string) => void;
};

const ended = (row: Row): boolean => row.state !== 'waiting' && row.state !== 'running';

function step(row: Row): Row {
  const done = Math.min(row.size, row.done + (SPEED * TICK_MS) / 1000);
  if (done < row.size) return { ...row, state: 'running', done, speed: SPEED };
  const now = new Date().toISOString();
  return { ...row, state: 'done', done, speed: 0, place: '/home/kim/Documents', ended: now };
}

export function createWork(events: Events): ActedWork {
  const batches = new Map<string, Row[]>();
  let count = 0;

  const tell = (id: string, rows: Row[], started: string): boolean => {
    const over = rows.every(ended);
    batches.set(id, rows);
    const state = over ? 'ended' : 'running';
    events.tell('jobsChanged', { rows, batches: [sampleBatch(id, rows, { state, started })], gone: [] });
    return over;
  };

  return {
    start: (operation, grants) => {
      const id = `acted-${++count}`;
      const started = new Date().toISOString();
      const rows = grants.map((grant, n) =>
        sampleRow(id, `${id}-${n}`, grant.name, { operation, size: grant.size || 1_900_000_000, started }),
      );
      tell(id, rows, started);
      const timer = setInterval(() => {
        let free = 2;
        const next = (batches.get(id) ?? []).map((row) => (ended(row) || free-- <= 0 ? row : step(row)));
        if (tell(id, next, started)) clearInterval(timer);
      }, TICK_MS);
      return id;
    },
    cancel: (id) => {
      for (const [batch, rows] of batches) {
        const next = rows.map((row) =>
          (row.batch === id || row.id === id) && !ended(row)
            ? { ...row, state: 'cancelled' as const, speed: 0 }
            : row,
        );
        batches.set(batch, next);
      }
    },
  };
}
