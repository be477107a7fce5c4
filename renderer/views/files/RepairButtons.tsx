import { Button } from '@mantine/core';
import type { Row } from '../../../shared/desktop.ts';
import { repairsOf, type Repair } from '../../errors/repair.ts';
import { useLanguage, type InLanguage } from '../../text/useLanguage.tsx';
import styles from './files.module.css';
import { mend } from './mend.ts';

export function repairLabel(repair: Repair, { text, format }: InLanguage): string {
  const words = text.files.repair;
  switch (repair.kind) {
    case 'retry':
      return words.retry;
    case 'choose-key':
      return words.chooseKey;
    case 'find-body':
      return words.findBody;
    case 'find-copy':
      return words.findCopy;
    case 'free-space':
      return repair.bytes === undefined ? words.freeSpace : words.freeThisSpace(format.size(repair.bytes));
    case 'sign-in':
      return words.signIn;
    case 'show-policy':
      return words.showPolicy;
    case 'go':
      return words[repair.place];
  }
}

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
