import { Button, TextInput } from '@mantine/core';
import { FileDown, Maximize2, Printer } from 'lucide-react';
import { useState } from 'react';
import type { ErrorRecord } from '../../../shared/errors.ts';
import type { RecoveryView, SheetDeed } from '../../../shared/recovery-view.ts';
import { client } from '../../client.ts';
import { notice } from '../../store/notices.ts';
import { recovery, takeRecovery } from '../../store/recovery.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import styles from './recovery.module.css';

type MakeDialogProps = { view: RecoveryView; onClose: () => void };

/** Makes one, and asks for its sheet before it is used. Closed before that, nothing of it is kept. */
export function MakeDialog({ view, onClose }: MakeDialogProps) {
  return view.draft === undefined ? (
    <Explain view={view} onClose={onClose} />
  ) : (
    <Confirm key={view.draft.recipient} onClose={onClose} />
  );
}

function Explain({ view, onClose }: MakeDialogProps) {
  const { text, format } = useLanguage();
  const words = text.recovery.makeDialog;
  return (
    <FormDialog
      title={words.title}
      action={words.start}
      onClose={onClose}
      onSubmit={() => client().makeRecoveryKey()}
      onDone={recovery.set}
    >
      <p className={parts.quiet}>{words.what}</p>
      {view.key !== undefined && (
        <Saying kind="warning">
          <p>{words.replaces(format.time(view.key.made))}</p>
        </Saying>
      )}
      <ol className={styles.steps}>
        {words.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </FormDialog>
  );
}

/** What was done, worded when it is shown: the language may change meanwhile. */
type Told = { printed?: true; saved?: string; error?: ErrorRecord };

/** What the buttons of the sheet do, and what came of the last. */
function useSheet() {
  const [busy, setBusy] = useState<SheetDeed>();
  const [told, setTold] = useState<Told>({});
  const act = async (deed: SheetDeed): Promise<void> => {
    setBusy(deed);
    const result = await client().recoverySheet(deed);
    setBusy(undefined);
    if (!result.ok) setTold({ error: result.error });
    else if (!result.value.done) setTold({});
    else if (result.value.file !== undefined) setTold({ saved: result.value.file });
    else setTold(deed === 'print' ? { printed: true } : {});
  };
  return { busy, told, act };
}

function SheetButtons() {
  const words = useLanguage().text.recovery.makeDialog;
  const { busy, told, act } = useSheet();
  const said = told.saved === undefined ? told.printed && words.printed : words.saved(printable(told.saved));
  const buttons = [
    ['print', Printer],
    ['save', FileDown],
    ['show', Maximize2],
  ] as const;
  return (
    <>
      <div className={styles.buttons}>
        {buttons.map(([deed, Icon], index) => (
          <Button
            key={deed}
            variant={index === 0 ? 'light' : 'default'}
            loading={busy === deed}
            leftSection={<Icon size={16} aria-hidden="true" />}
            onClick={() => void act(deed)}
          >
            {words[deed]}
          </Button>
        ))}
      </div>
      {told.error !== undefined && <ErrorNote error={told.error} />}
      <div role="status">
        {said !== undefined && (
          <Saying kind="info">
            <p>{said}</p>
          </Saying>
        )}
      </div>
    </>
  );
}

function Confirm({ onClose }: { onClose: () => void }) {
  const words = useLanguage().text.recovery.makeDialog;
  const [last, setLast] = useState('');
  const [tried, setTried] = useState(false);
  return (
    <FormDialog
      title={words.sheetTitle}
      action={words.activate}
      onClose={() => {
        onClose();
        void takeRecovery(client().cancelRecoveryKey());
      }}
      onSubmit={() => {
        setTried(true);
        return last.trim() === '' ? undefined : client().activateRecoveryKey(last);
      }}
      onDone={(view) => {
        onClose();
        recovery.set(view);
        notice('info', (now) => now.recovery.makeDialog.activated);
      }}
    >
      <p className={parts.quiet}>{words.shown}</p>
      <SheetButtons />
      <TextInput
        data-autofocus
        label={words.check}
        description={words.checkHint}
        classNames={{ input: styles.group }}
        maxLength={12}
        autoComplete="off"
        spellCheck={false}
        value={last}
        error={tried && last.trim() === '' ? words.checkEmpty : undefined}
        onChange={(event) => setLast(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
