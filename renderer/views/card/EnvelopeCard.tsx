import { Button } from '@mantine/core';
import type { Grant } from '../../../shared/desktop.ts';
import { useLanguage } from '../../text/useLanguage.tsx';

/** What an envelope says before it is opened. Fills the place; `onClose` goes back to the files. */
export function EnvelopeCard({ grant, onClose }: { grant: Grant; onClose: () => void }) {
  const { text } = useLanguage();
  return (
    <section aria-label={text.card.title}>
      <h1>{grant.name}</h1>
      <Button onClick={onClose}>{text.common.close}</Button>
    </section>
  );
}
