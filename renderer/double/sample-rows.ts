import type { Batch, JobsChange, Row } from '../../shared/desktop.ts';
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts';
import { payroll } from './sample-keys.ts';

const requestId = 'b1f0a4c7-52de-4f3b-9c1e-7a90d3e8f615';

export function sampleRow(batch: string, id: string, name: string, more: Partial<Row> = {}): Row {
  return {
    id,
    batch,
    operation: 'seal',
    name,
    state: 'waiting',
    size: 48_318_221,
    done: 0,
    speed: 0,
    requestIds: [],
    keys: ['This computer'],
    binned: false,
    notes: [],
    ...more,
  };
}

const finished: Partial<Row> = {
  state: 'done',
  done: 48_318_221,
  started: '2026-11-23T16:18:02.000Z',
  ended: '2026-11-23T16:18:04.000Z',
  place: '/home/kim/Documents/Payroll',
};

const failed = (name: string, code: ErrorCode, details: ErrorDetails, more: Partial<Row> = {}): Row =>
  sampleRow('b2', `b2-${code}`, name, { state: 'failed', error: { code, message: code, details }, ...more });

/** One row for every state and every kind of mending. */
function mixed(): Row[] {
  return [
    sampleRow('b2', 'b2-done', 'Q3 payroll.xlsx', {
      ...finished,
      requestIds: [requestId],
      keys: ['alias/payroll', 'This computer'],
      notes: [{ code: 'permissions-not-restored' }],
    }),
    failed(
      'Minutes 2026-11-12.docx',
      'kms-access-denied',
      {
        action: 'GenerateDataKey',
        key: payroll,
        region: 'eu-central-1',
        requestId,
      },
      { requestIds: [requestId], keys: ['alias/payroll'] },
    ),
    failed('Interviews.mp4', 'disk-full', {
      needed: 9_400_000_000,
      free: 6_200_000_000,
      folder: '/media/archive',
    }),
    failed(
      'Contracts.zip.envelope',
      'body-missing',
      { expected: 'Contracts.zip.enc' },
      { operation: 'open' },
    ),
    failed('Budget.numbers', 'credentials-expired', { profile: 'work', action: 'GenerateDataKey' }),
    failed(
      'Letter to the board, final version (2), with all comments and the appendix on pensions.pages',
      'source-changed',
      {
        path: '/home/kim/Documents/Letter to the board.pages',
      },
    ),
    failed('2019.tar.envelope', 'body-altered', { offset: 12_582_912 }, { operation: 'open' }),
    sampleRow('b2', 'b2-binned', '照片 2026 夏.zip', { ...finished, binned: true }),
    sampleRow('b2', 'b2-skipped', 'Notes.txt', { state: 'skipped', size: 812 }),
    sampleRow('b2', 'b2-cancelled', 'Backup 2025.img', { state: 'cancelled', size: 12_000_000_000 }),
  ];
}

function running(): Row[] {
  return [
    sampleRow('b3', 'b3-1', 'Board recording.mov', {
      state: 'running',
      size: 58_000_000_000,
      done: 21_400_000_000,
      speed: 210_000_000,
    }),
    sampleRow('b3', 'b3-2', 'Site plans', {
      state: 'running',
      size: 3_100_000_000,
      done: 2_900_000_000,
      speed: 94_000_000,
    }),
    sampleRow('b3', 'b3-3', 'Tender.pdf', { size: 4_211_000 }),
    sampleRow('b3', 'b3-4', 'Annex B.pdf', { size: 911_000 }),
  ];
}

export function sampleBatch(id: string, rows: readonly Row[], more: Partial<Batch> = {}): Batch {
  const count = (state: Row['state']): number => rows.filter((row) => row.state === state).length;
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  return {
    id,
    operation: rows[0]?.operation ?? 'seal',
    state: 'ended',
    files: rows.length,
    bytes: sum((row) => row.size),
    doneFiles: count('done'),
    failedFiles: count('failed'),
    skippedFiles: count('skipped'),
    doneBytes: sum((row) => row.done),
    speed: sum((row) => row.speed),
    started: '2026-11-23T16:18:00.000Z',
    ended: '2026-11-23T16:21:12.000Z',
    leftOut: 0,
    ...more,
  };
}

function many(): JobsChange {
  const rows = Array.from({ length: 10_000 }, (_, n) =>
    sampleRow('b4', `b4-${n}`, `IMG_${String(n).padStart(5, '0')}.heic`, {
      ...(n < 6_100 ? finished : {}),
      ...(n % 1999 === 7
        ? { state: 'failed', error: { code: 'source-changed', message: '', details: {} } }
        : {}),
      size: 2_400_000 + ((n * 7919) % 900_000),
      done: n < 6_100 ? 2_400_000 + ((n * 7919) % 900_000) : 0,
      ...(n >= 6_100 && n < 6_108 ? { state: 'running', done: 900_000, speed: 22_000_000 } : {}),
    }),
  );
  return { rows, batches: [sampleBatch('b4', rows, { state: 'running', speed: 176_000_000 })], gone: [] };
}

export function sampleJobs(scene: string): JobsChange {
  if (scene === 'many') return many();
  if (scene !== 'rows' && scene !== 'running') return { rows: [], batches: [], gone: [] };
  const old = sampleRow('b1', 'b1-1', 'Passport scan.pdf', { ...finished, size: 1_204_331, done: 1_204_331 });
  const batches = [
    sampleBatch('b1', [old], { started: '2026-11-20T09:00:00.000Z' }),
    sampleBatch('b2', mixed(), { leftOut: 2 }),
  ];
  if (scene === 'rows') return { rows: [old, ...mixed()], batches, gone: [] };
  const three = sampleBatch('b3', running(), { state: 'running', started: '2026-11-23T16:30:00.000Z' });
  return { rows: [old, ...mixed(), ...running()], batches: [...batches, three], gone: [] };
}
