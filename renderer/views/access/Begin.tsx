import { Button } from '@mantine/core';
import { FilePlus2, FolderPlus } from 'lucide-react';
import { chooseForAccess } from '../../store/access.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './access.module.css';

/** What it is, and the ways in. */
export function Begin() {
  const { text } = useLanguage();
  return (
    <Panel title={text.access.title}>
      <div className={styles.sentences}>
        <p className={parts.quiet}>{text.access.what}</p>
        <p className={parts.quiet}>{text.access.how}</p>
        <p className={parts.quiet}>{text.access.limits.rewrap}</p>
      </div>
      <div className={styles.actions}>
        <Button
          leftSection={<FolderPlus size={18} aria-hidden="true" />}
          onClick={() => void chooseForAccess('folder')}
        >
          {text.access.chooseFolder}
        </Button>
        <Button
          variant="default"
          leftSection={<FilePlus2 size={18} aria-hidden="true" />}
          onClick={() => void chooseForAccess('files')}
        >
          {text.access.chooseFiles}
        </Button>
      </div>
      <p className={parts.quiet}>{text.access.dropHere}</p>
    </Panel>
  );
}
