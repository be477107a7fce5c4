import { Button, Modal } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Result } from '../../../shared/contract.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import parts from './parts.module.css';
import { ReturnFocus } from './ReturnFocus.tsx';

type FormDialogProps<Value> = {
  title: string;
  /** The word on the button that does it. */
  action: string;
  dangerous?: boolean;
  wide?: boolean;
  /** The deed; undefined if what was entered cannot be used, which the form then says. */
  onSubmit: () => Promise<Result<Value>> | undefined;
  onDone: (value: Value) => void;
  onClose: () => void;
  children: ReactNode;
};

/** A form above the page. What fails is said in it, and nothing that was entered is lost. */
export function FormDialog<Value>(props: FormDialogProps<Value>) {
  const { title, action, dangerous, wide, onSubmit, onDone, onClose, children } = props;
  const { text } = useLanguage();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorRecord>();
  const [refused, setRefused] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is wrong may be out of sight: the keyboard goes there.
    if (refused > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refused]);
  const submit = async (): Promise<void> => {
    const deed = onSubmit();
    if (deed === undefined) {
      setRefused((times) => times + 1);
      return;
    }
    setBusy(true);
    setError(undefined);
    const result = await deed;
    setBusy(false);
    if (result.ok) onDone(result.value);
    else setError(result.error);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={wide === true ? 'lg' : 'md'}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <form
        ref={form}
        className={parts.form}
        noValidate
        aria-busy={busy}
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit();
        }}
      >
        {children}
        {error !== undefined && <ErrorNote error={error} />}
        <div className={parts.formActions}>
          <Button variant="default" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button type="submit" loading={busy} className={dangerous === true ? parts.dangerous : undefined}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
