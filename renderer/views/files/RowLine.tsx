import { Progress } from '@mantine/core';
import {
  Ban,
  Check,
  CircleAlert,
  Clock,
  FolderOpen,
  Info,
  LoaderCircle,
  RotateCw,
  ShieldCheck,
  SkipForward,
  SquareArrowOutUpRight,
  X,
  type LucideIcon,
} from 'lucide-react';
import { memo } from 'react';
import type { Row, RowState } from '../../../shared/desktop.ts';
import { client, orNotice } from '../../client.ts';
import { jobs } from '../../store/jobs.ts';
import { keys } from '../../store/keys.ts';
import { useStore } from '../../store/store.ts';
import { withKeyName } from '../choices/key-options.ts';
import { useKeyed } from '../../store/keyed.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Middle } from '../parts/Middle.tsx';
import { rowDialog } from './dialog.ts';
import styles from './list.module.css';
import { retry } from './mend.ts';
import { shareOf } from './progress.ts';
import { placeFact, rowFacts } from './row-facts.ts';
import { RepairButtons } from './RepairButtons.tsx';

const icons: Record<RowState, LucideIcon> = {
  waiting: Clock,
  running: LoaderCircle,
  done: Check,
  skipped: SkipForward,
  failed: CircleAlert,
  cancelled: Ban,
};

/** `past`: of an earlier run. */
type RowProps = { row: Row; past: boolean };

type ActionProps = { icon: LucideIcon; label: string; name: string; onClick: () => void };

/** A plain button whose tip is style alone: rows pass by a thousand at a time. */
function Action({ icon: Icon, label, name, onClick }: ActionProps) {
  const { text } = useLanguage();
  return (
    <button
      type="button"
      className={styles.action}
      aria-label={text.files.forRow(label, name)}
      data-tip={label}
      onClick={onClick}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}

function RowActions({ row: { id, name, state, operation, place }, past }: RowProps) {
  const { text } = useLanguage();
  const words = text.files;
  const active = state === 'waiting' || state === 'running';
  const act = (icon: LucideIcon, label: string, onClick: () => void) => (
    <Action icon={icon} label={label} name={name} onClick={onClick} />
  );
  if (active) return act(X, text.common.cancel, () => void orNotice(client().cancelRow(id)));
  const done = state === 'done';
  const again = state === 'cancelled';
  return (
    <>
      {again && !past && act(RotateCw, words.repair.retry, () => void retry({ row: id }))}
      {done &&
        operation === 'seal' &&
        act(ShieldCheck, words.verify, () => void orNotice(client().verifyResult(id)))}
      {done &&
        operation === 'open' &&
        act(SquareArrowOutUpRight, words.openFile, () => void orNotice(client().openResult(id)))}
      {done &&
        place !== undefined &&
        act(FolderOpen, words.showInFolder, () => void orNotice(client().showResult(id)))}
      {act(Info, words.details, () => {
        rowDialog.set({ kind: 'details', row: id });
      })}
    </>
  );
}

function RowFailure({ row, past }: RowProps) {
  const { explain } = useLanguage();
  const list = useStore(keys);
  if (row.error === undefined || row.state !== 'failed') return null;
  const { what, next } = explain(withKeyName(row.error, list));
  return (
    <div className={styles.failure}>
      <p>
        <strong>{what}</strong> {next}
      </p>
      <RepairButtons
        failed={{ row: row.id }}
        name={row.name}
        error={row.error}
        operation={row.operation}
        past={past}
      />
    </div>
  );
}

function RowFacts({ row, alone }: { row: Row; alone: boolean }) {
  const language = useLanguage();
  const facts = rowFacts(row, language, alone).join(' · ');
  const where = placeFact(row, language);
  return (
    <div className={styles.rowFacts}>
      <span title={facts}>{where === undefined ? facts : `${facts} · `}</span>
      {where !== undefined && <Middle text={where} title={row.place} />}
    </div>
  );
}

/** One file: its name, what is being done or what became of it, and what can be done with it. */
export const RowLine = memo(function RowLine({ id, alone }: { id: string; alone: boolean }) {
  const language = useLanguage();
  const row = useKeyed(jobs.rows, id);
  if (row === undefined) return null;
  const past = !jobs.isOfThisRun(row.batch);
  const Icon = icons[row.state];
  const running = row.state === 'running';
  return (
    <div className={styles.row} data-state={row.state}>
      <Icon className={styles.rowIcon} size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className={styles.rowText}>
        <div className={styles.rowName}>
          <Middle text={row.name} />
        </div>
        {row.state !== 'failed' && <RowFacts row={row} alone={alone} />}
        {running && (
          <Progress
            className={styles.progress}
            size="sm"
            value={shareOf(row.done, row.size) * 100}
            aria-label={language.text.files.progressOf(row.name)}
          />
        )}
        <RowFailure row={row} past={past} />
      </div>
      <div className={styles.rowActions}>
        <RowActions row={row} past={past} />
      </div>
    </div>
  );
});
