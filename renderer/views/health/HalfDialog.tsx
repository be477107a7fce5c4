import { Button, Modal } from '@mantine/core';
import { FileSearch } from 'lucide-react';
import { useMemo } from 'react';
import type { Grant } from '../../../shared/desktop.ts';
import { client, orNotice } from '../../client.ts';
import { place } from '../../store/place.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import dialogs from '../files/dialogs.module.css';
import { showCard } from '../files/intake.ts';
import { Locating } from '../locate/Locating.tsx';

type HalfDialogProps = {
  /** The half that is there. */
  file: Grant;
  /** Which half that is. */
  half: 'envelope' | 'body';
  onClose: () => void;
};

/** Looks for the other half of a file of the list, and restores an envelope from its copy. */
export function HalfDialog({ file, half, onClose }: HalfDialogProps) {
  const { text } = useLanguage();
  const show = (envelope: Grant, body: Grant): void => {
    onClose();
    place.set('files');
    showCard(envelope, body);
  };
  const choose = async (): Promise<void> => {
    const picked = (await orNotice(client().pick('body')))?.grants[0];
    if (picked !== undefined) show(file, picked);
  };
  const meant = useMemo(() => ({ grant: file.id }), [file.id]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.locate.title[half]}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Locating half={meant} onPair={show} onRestored={onClose} />
      {half === 'envelope' && (
        <div className={dialogs.dialogActions}>
          <Button
            variant="default"
            leftSection={<FileSearch size={16} aria-hidden="true" />}
            onClick={() => void choose()}
          >
            {text.files.repair.findBody}
          </Button>
        </div>
      )}
    </Modal>
  );
}
