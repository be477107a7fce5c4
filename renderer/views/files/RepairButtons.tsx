import { Button } from '@mantine/core';
import type { Row } from '../../../shared/desktop.ts';
import { repairsOf } from '../../errors/repair.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './list.module.css';
import { mend } from './mend.ts';
import { repairLabel } from './repair-label.ts';

/** The buttons that mend what failed, the best first. */
export function RepairButtons({ row }: { row: Row }) {
  const language = useLanguage();
  if (row.error === undefined) return null;
  const repairs = repairsOf(row.error, row.operation);
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
            aria-label={language.text.files.forRow(label, row.name)}
            onClick={() => void mend(row.id, repair)}
          >
            {label}
          </Button>
        );
      })}
    </div>
  );
}
