import { Button } from '@mantine/core';
import type { Operation } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { repairsOf } from '../../../shared/remedies.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import type { Failed } from './dialog.ts';
import styles from './list.module.css';
import { mend } from './mend.ts';
import { repairLabel } from './repair-label.ts';

type RepairButtonsProps = {
  failed: Failed;
  /** What it is called, for who cannot see beside what the buttons stand. */
  name: string;
  error: ErrorRecord;
  operation: Operation;
  /** Of an earlier run: nothing of it can be tried again. */
  past: boolean;
};

/** The buttons that mend what failed, the best first. */
export function RepairButtons({ failed, name, error, operation, past }: RepairButtonsProps) {
  const language = useLanguage();
  const repairs = repairsOf(error, operation).filter(({ kind }) => !past || kind === 'go');
  if (repairs.length === 0) return null;
  return (
    <div className={styles.repairs}>
      {repairs.map((repair, index) => {
        const label = repairLabel(repair, language);
        return (
          <Button
            key={repair.kind}
            size="compact-sm"
            variant={index === 0 ? 'light' : 'default'}
            aria-label={language.text.files.forRow(label, name)}
            onClick={() => void mend(failed, repair)}
          >
            {label}
          </Button>
        );
      })}
    </div>
  );
}
