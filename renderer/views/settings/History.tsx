import { Button } from '@mantine/core';
import { useState } from 'react';
import { notice } from '../../store/notices.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { useWithCopies, WithCopies } from './WithCopies.tsx';
import styles from './settings.module.css';

export function History() {
  const { settings } = useLanguage().text;
  const [asking, setAsking] = useState(false);
  const copies = useWithCopies(asking);
  return (
    <Panel title={settings.history}>
      <p className={parts.quiet}>{settings.historyWhy}</p>
      <Button className={styles.below} variant="default" onClick={() => setAsking(true)}>
        {settings.clear}
      </Button>
      {asking && (
        <FormDialog
          title={settings.clearTitle}
          action={settings.clearDo}
          dangerous
          onClose={() => setAsking(false)}
          onSubmit={() => copies.clear()}
          onDone={() => {
            setAsking(false);
            notice('info', (text) => text.settings.cleared);
          }}
        >
          <p className={parts.quiet}>{settings.clearWhy}</p>
          <WithCopies {...copies} />
        </FormDialog>
      )}
    </Panel>
  );
}
