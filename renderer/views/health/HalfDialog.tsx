import { Modal } from '@mantine/core';
import { useMemo } from 'react';
import type { Grant } from '../../../shared/desktop.ts';
import { place } from '../../store/place.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
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
  const meant = useMemo(() => ({ grant: file.id }), [file.id]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={text.locate.title[half]}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <Locating
        half={meant}
        onPair={(envelope, body) => {
          onClose();
          place.set('files');
          showCard(envelope, body);
        }}
        onRestored={onClose}
      />
    </Modal>
  );
}
