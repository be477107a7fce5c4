import { Button } from '@mantine/core';
import { FilePlus2, FileText, LifeBuoy, LockOpen, ScanLine, Unlink, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RecoveryKey } from '../../../shared/recovery.ts';
import type { RecoveryView } from '../../../shared/recovery-view.ts';
import { client } from '../../client.ts';
import { notice } from '../../store/notices.ts';
import { loadRecovery, recovery, takeRecovery } from '../../store/recovery.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { DrillDialog, ForgetDialog, LendDialog, TakeDialog } from './KeyDialogs.tsx';
import { MakeDialog } from './MakeDialog.tsx';
import styles from './recovery.module.css';

type Dialog = 'make' | 'take' | 'drill' | 'lend' | 'forget';

/** The recovery key: what it is, whether there is one, and what can be done with it. */
export function RecoveryPanel() {
  const { text } = useLanguage();
  const view = useStore(recovery);
  const [dialog, setDialog] = useState<Dialog>();
  // The command line may have made, tried or forgotten one meanwhile.
  useEffect(() => void loadRecovery(), []);
  if (view === undefined) return null;
  // A page that begins anew finds one that was made: it is for the user to say what becomes of it.
  const shown = view.draft === undefined ? dialog : 'make';
  return (
    <Panel title={text.recovery.title}>
      <div className={styles.panel}>
        <p className={parts.quiet}>{text.recovery.why}</p>
        <Notes view={view} />
        {view.key !== undefined && <Facts recoveryKey={view.key} />}
        <Buttons view={view} onDialog={setDialog} />
        <Former view={view} />
      </div>
      {shown !== undefined && <Shown dialog={shown} view={view} onClose={() => setDialog(undefined)} />}
    </Panel>
  );
}

/** What needs attention: nothing to fall back on, a sheet that was not tried, a key that was entered. */
function Notes({ view }: { view: RecoveryView }) {
  const { text } = useLanguage();
  return (
    <>
      {view.atRisk && (
        <Saying kind="info">
          <p>{text.recovery.atRisk}</p>
          <div className={parts.repairs}>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => void takeRecovery(client().quietRecovery())}
            >
              {text.recovery.quiet}
            </Button>
          </div>
        </Saying>
      )}
      {view.drillDue && (
        <Saying kind="warning">
          <p>{text.recovery.due}</p>
        </Saying>
      )}
      {view.lent.length > 0 && (
        <Saying kind="info">
          <p>{text.recovery.lent}</p>
          <div className={parts.repairs}>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => void takeRecovery(client().takeBackKeys())}
            >
              {text.recovery.takeBack}
            </Button>
          </div>
        </Saying>
      )}
    </>
  );
}

function Facts({ recoveryKey }: { recoveryKey: RecoveryKey }) {
  const { text, format } = useLanguage();
  const { made, drilled, recipient } = recoveryKey;
  return (
    <>
      <p className={styles.inUse}>
        <LifeBuoy size={20} strokeWidth={1.75} aria-hidden="true" /> {text.recovery.inUse}
      </p>
      <dl className={parts.facts}>
        <dt>{text.recovery.made}</dt>
        <dd>{format.time(made)}</dd>
        <dt>{text.recovery.tried}</dt>
        <dd>{drilled === undefined ? text.recovery.never : format.time(drilled)}</dd>
        <dt>{text.recovery.publicHalf}</dt>
        <dd className={parts.identifier}>{printable(recipient)}</dd>
      </dl>
    </>
  );
}

function Buttons({ view, onDialog }: { view: RecoveryView; onDialog: (dialog: Dialog) => void }) {
  const words = useLanguage().text.recovery;
  const buttons: readonly (readonly [Dialog, LucideIcon, string])[] =
    view.key === undefined
      ? [
          ['make', FilePlus2, words.make],
          ['take', FileText, words.have],
          ['lend', LockOpen, words.enter],
        ]
      : [
          ['drill', ScanLine, words.try],
          ['make', FilePlus2, words.replace],
          ['lend', LockOpen, words.enter],
          ['forget', Unlink, words.forget],
        ];
  return (
    <div className={styles.buttons}>
      {buttons.map(([dialog, Icon, label], index) => (
        <Button
          key={dialog}
          variant={index === 0 ? 'light' : 'default'}
          leftSection={<Icon size={16} aria-hidden="true" />}
          onClick={() => onDialog(dialog)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

function Former({ view }: { view: RecoveryView }) {
  const { text, format } = useLanguage();
  if (view.former.length === 0) return null;
  return (
    <div>
      <h3 className={styles.formerTitle}>{text.recovery.former}</h3>
      <ul className={parts.rows}>
        {view.former.map(({ recipient, made, ended }) => (
          <li key={recipient} className={parts.rowText}>
            <div>{text.recovery.formerLine(format.time(made), format.time(ended))}</div>
            <div className={parts.identifier}>{printable(recipient)}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}

type ShownProps = { dialog: Dialog; view: RecoveryView; onClose: () => void };

function Shown({ dialog, view, onClose }: ShownProps) {
  switch (dialog) {
    case 'make':
      return <MakeDialog view={view} onClose={onClose} />;
    case 'take':
      return <TakeDialog onClose={onClose} />;
    case 'drill':
      return <DrillDialog onClose={onClose} />;
    case 'forget':
      return <ForgetDialog onClose={onClose} />;
    case 'lend':
      return (
        <LendDialog onClose={onClose} onDone={() => notice('info', (now) => now.recovery.lendDialog.done)} />
      );
  }
}
