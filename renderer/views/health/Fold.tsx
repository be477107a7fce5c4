import { Button } from '@mantine/core';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { HealthGroup } from '../../../shared/health-view.ts';
import { access, isChanging, lookAtHealthGroup } from '../../store/access.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { FileList } from './FileList.tsx';
import styles from './health.module.css';

type FoldProps = {
  look: string;
  group: HealthGroup;
  title: string;
  /** Whether who can open these can be changed from here. */
  changeable?: boolean;
};

/** A group of files: how many, and on demand which. */
export function Fold({ look, group, title, changeable = false }: FoldProps) {
  const { text, format } = useLanguage();
  const [open, setOpen] = useState(false);
  const list = useId();
  const changing = isChanging(useStore(access));
  const Icon = open ? ChevronDown : ChevronRight;
  return (
    <div className={styles.fold}>
      <button
        type="button"
        className={styles.foldButton}
        aria-expanded={open}
        aria-controls={list}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon size={16} aria-hidden="true" />
        <span>{title}</span>
        <span className={styles.count}> {text.health.files(group.files, format.number(group.files))}</span>
      </button>
      {changeable && (
        <Button
          size="compact-sm"
          variant="default"
          className={styles.change}
          disabled={changing}
          aria-label={text.access.forFile(text.access.changeThese, title)}
          onClick={() => void lookAtHealthGroup(group.id)}
        >
          {text.access.changeThese}
        </Button>
      )}
      <div id={list}>{open && <FileList look={look} group={group} title={title} />}</div>
    </div>
  );
}
