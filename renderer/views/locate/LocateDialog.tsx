import { Button, Modal } from '@mantine/core';
import { FileSearch } from 'lucide-react';
import { useMemo } from 'react';
import type { Grant } from '../../../shared/desktop.ts';
import { jobs } from '../../store/jobs.ts';
import { useKeyed } from '../../store/keyed.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { closeDialog } from '../files/dialog.ts';
import dialogs from '../files/dialogs.module.css';
import { showCard } from '../files/intake.ts';
import { retry, retryWith } from '../files/mend.ts';
import { Locating } from './Locating.tsx';

/** Looks for what a failed row lacks. A pair that is complete again opens from the row, or from its card. */
export function LocateDialog({ id }: { id: string }) {
  const { text } = useLanguage();
  const row = useKeyed(jobs.rows, id);
  const half = useMemo(() => ({ row: id }), [id]);
  const lacksBody = row?.error?.code.startsWith('body-') === true;
  const onPair = (envelope: Grant, body: Grant): void => {
    if (lacksBody) void retry({ row: id }, { body: body.id });
    else showAndClose(envelope, body);
  };
  const onRestored = (envelope: Grant): void => {
    if (row?.error?.code === 'envelope-missing') void retry({ row: id });
    else showAndClose(envelope);
  };
  return (
    <Modal
      opened
      onClose={closeDialog}
      title={text.locate.title[lacksBody ? 'envelope' : 'body']}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Locating half={half} onPair={onPair} onRestored={onRestored} />
      {lacksBody && (
        <div className={dialogs.dialogActions}>
          <Button
            variant="default"
            leftSection={<FileSearch size={16} aria-hidden="true" />}
            onClick={() => void retryWith({ row: id }, 'body', 'body')}
          >
            {text.files.repair.findBody}
          </Button>
        </div>
      )}
    </Modal>
  );
}

function showAndClose(envelope: Grant, body?: Grant): void {
  closeDialog();
  showCard(envelope, body);
}
