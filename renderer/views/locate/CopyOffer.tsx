import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Grant } from '../../../shared/desktop.ts';
import type { HalfOf } from '../../../shared/halves.ts';
import type { CopyFacts } from '../../../shared/locate.ts';
import { client, orNotice } from '../../client.ts';
import { keys } from '../../store/keys.ts';
import { notice } from '../../store/notices.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { namesOf } from '../choices/key-options.ts';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';

type CopyOfferProps = {
  half: HalfOf;
  copy: CopyFacts;
  /** Whether there is an envelope, but another one. */
  differs: boolean;
  onRestored: (envelope: Grant) => void;
};

/** What a kept copy says, with the keys that it would bring back, and the button that writes it again. */
export function CopyOffer({ half, copy, differs, onRestored }: CopyOfferProps) {
  const { text, format, keyName } = useLanguage();
  const list = useStore(keys);
  const [busy, setBusy] = useState(false);
  const words = text.locate;
  const restore = async (): Promise<void> => {
    setBusy(true);
    const envelope = await orNotice(client().restoreEnvelope(half));
    setBusy(false);
    if (envelope === undefined) return;
    notice('info', (now) => now.locate.restored(printable(envelope.name)));
    onRestored(envelope);
  };
  const nameOf = ({ key, name }: CopyFacts['keys'][number]): string => {
    if (name !== undefined) return printable(keyName(name));
    return key === undefined ? words.unknownKey : printable(namesOf([key], list)[0] ?? key);
  };
  const { content } = copy;
  return (
    <Saying kind="info">
      <p>
        <strong>{words.copy}</strong> {differs ? words.copyDiffers : null}
      </p>
      <dl className={parts.facts}>
        <dt>{words.holds}</dt>
        <dd>
          {content === undefined ? words.hidden : `${printable(content.name)} (${format.size(content.size)})`}
        </dd>
        <dt>{words.sealed}</dt>
        <dd>{format.time(copy.created)}</dd>
        <dt>{words.opens}</dt>
        <dd>{format.list(copy.keys.map(nameOf))}</dd>
      </dl>
      <p className={parts.quiet}>{words.older}</p>
      <div className={parts.repairs}>
        <Button
          size="sm"
          variant="light"
          loading={busy}
          leftSection={<Undo2 size={16} aria-hidden="true" />}
          onClick={() => void restore()}
        >
          {words.restore}
        </Button>
      </div>
    </Saying>
  );
}
