import { ChevronDown, ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { HealthGroup } from '../../../shared/health-view.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { FileList } from './FileList.tsx';
import styles from './health.module.css';

/** A group of files: how many, and on demand which. */
export function Fold({ look, group, title }: { look: string; group: HealthGroup; title: string }) {
  const { text, format } = useLanguage();
  const [open, setOpen] = useState(false);
  const list = useId();
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
      <div id={list}>{open && <FileList look={look} group={group} title={title} />}</div>
    </div>
  );
}
