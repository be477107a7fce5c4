import { ActionIcon, Button, Progress, Tooltip } from '@mantine/core';
import { ChevronDown, ChevronRight, RotateCw, X } from 'lucide-react';
import { memo } from 'react';
import type { Batch } from '../../../shared/desktop.ts';
import { client, orNotice } from '../../client.ts';
import { isOver, jobs } from '../../store/jobs.ts';
import { useKeyed } from '../../store/keyed.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './list.module.css';
import { retryUndone } from './mend.ts';
import { shareOf } from './progress.ts';
import { RepairButtons } from './RepairButtons.tsx';
import { batchFacts, batchTitle } from './row-facts.ts';

function BatchActions({ batch }: { batch: Batch }) {
  const { text } = useLanguage();
  const shown = useKeyed(jobs.shown, batch.id) ?? 'all';
  const words = text.files.batch;
  const only = shown === 'failed';
  const canRetry = jobs.isOfThisRun(batch.id) && jobs.hasRows(batch.id);
  return (
    <>
      {batch.failedFiles > 0 && batch.failedFiles < batch.files && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            jobs.show(batch.id, only ? 'all' : 'failed');
          }}
        >
          {only ? words.all : words.onlyFailed}
        </Button>
      )}
      {isOver(batch) && canRetry && (batch.failedFiles > 0 || batch.state === 'cancelled') && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<RotateCw size={14} aria-hidden="true" />}
          onClick={() => void retryUndone(batch.id)}
        >
          {batch.state === 'cancelled' ? words.retryRest : words.retryFailed}
        </Button>
      )}
      {!isOver(batch) && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<X size={14} aria-hidden="true" />}
          onClick={() => void orNotice(client().cancelBatch(batch.id))}
        >
          {words.cancel}
        </Button>
      )}
    </>
  );
}

function Fold({ batch }: { batch: Batch }) {
  const { text } = useLanguage();
  const folded = useKeyed(jobs.shown, batch.id) === 'none';
  const label = folded ? text.files.batch.unfold : text.files.batch.fold;
  const Icon = folded ? ChevronRight : ChevronDown;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={styles.fold}
        aria-label={label}
        aria-expanded={!folded}
        onClick={() => {
          jobs.show(batch.id, folded ? 'all' : 'none');
        }}
      >
        <Icon size={18} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}

/** Why it could not begin, or ended as a whole, and what mends it where no row can. */
function BatchFailure({ batch }: { batch: Batch }) {
  const language = useLanguage();
  if (batch.error === undefined) return null;
  const { what, next } = language.explain(batch.error);
  return (
    <div className={styles.failure}>
      <p>
        <strong>{what}</strong> {next}
      </p>
      {!jobs.hasRows(batch.id) && (
        <RepairButtons
          failed={{ batch: batch.id }}
          name={batchTitle(batch, language)}
          error={batch.error}
          operation={batch.operation}
          past={!jobs.isOfThisRun(batch.id)}
        />
      )}
    </div>
  );
}

/** The batch as a whole, above its files. */
export const BatchLine = memo(function BatchLine({ id }: { id: string }) {
  const language = useLanguage();
  const { text } = language;
  const batch = useKeyed(jobs.batches, id);
  if (batch === undefined) return null;
  const title = batchTitle(batch, language);
  return (
    <div className={styles.batch} role="group" aria-label={title}>
      <Fold batch={batch} />
      <div className={styles.rowText}>
        <p className={styles.batchTitle}>{title}</p>
        <p className={styles.batchFacts} title={batch.leftOut > 0 ? text.files.batch.leftOutHint : undefined}>
          {batchFacts(batch, language).join(' · ')}
        </p>
        {!isOver(batch) && (
          <Progress
            className={styles.progress}
            size="sm"
            value={shareOf(batch.doneBytes, batch.bytes) * 100}
            aria-label={text.files.progressOf(title)}
          />
        )}
        <BatchFailure batch={batch} />
      </div>
      <div className={styles.batchActions}>
        <BatchActions batch={batch} />
      </div>
    </div>
  );
});
