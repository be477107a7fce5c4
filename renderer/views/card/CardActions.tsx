import { Button } from '@mantine/core';
import { FolderOutput, LockOpen, ShieldCheck, UsersRound, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Card, Grant, StartRequest } from '../../../shared/desktop.ts';
import type { Collision } from '../../../shared/settings.ts';
import { client, orNotice } from '../../client.ts';
import { access, isChanging, lookAtAccess } from '../../store/access.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import styles from './card.module.css';

type CardActionsProps = {
  card: Card;
  /** The body that the user found. */
  chosen: Grant | undefined;
  onClose: () => void;
};

/** What can be done with the card. Whatever begins is a batch, whose row takes over from the card. */
function useDeeds({ card, chosen, onClose }: CardActionsProps, collision: Collision) {
  const [busy, setBusy] = useState(false);
  const body = chosen === undefined ? {} : { body: chosen.id };
  const begin = async (request: StartRequest): Promise<void> => {
    setBusy(true);
    const batch = await orNotice(client().start(request));
    setBusy(false);
    if (batch !== undefined) onClose();
  };
  const open = async (to: { to?: string } = {}): Promise<void> => {
    await begin({ operation: 'open', grants: [card.grant], choices: { collision, ...body, ...to } });
  };
  const openTo = async (): Promise<void> => {
    const folder = (await orNotice(client().pick('output')))?.grants[0];
    if (folder !== undefined) await open({ to: folder.id });
  };
  const verify = async (): Promise<void> => {
    await begin({ operation: 'verify', grants: [card.grant], choices: body });
  };
  const changeAccess = async (): Promise<void> => {
    const { file: name, grant: id } = card;
    onClose();
    await lookAtAccess({ grants: [{ id, name, kind: 'envelope', size: 0 }], refused: [] });
  };
  return { busy, open, openTo, verify, changeAccess };
}

const iconOf = (Icon: LucideIcon) => <Icon size={18} aria-hidden="true" />;

/** Open is the default: it has the keyboard as soon as the card is there. */
export function CardActions(props: CardActionsProps) {
  const { text } = useLanguage();
  const collision = useStore(settings)?.settings.collision ?? 'keep-both';
  const { busy, open, openTo, verify, changeAccess } = useDeeds(props, collision);
  const first = useRef<HTMLButtonElement>(null);
  const ready = props.card.body.state === 'found' || props.chosen !== undefined;
  const disabled = !ready || busy;
  const changing = isChanging(useStore(access));
  useEffect(() => {
    if (ready) first.current?.focus();
  }, [ready]);
  return (
    <>
      <div className={styles.buttons}>
        <Button ref={first} disabled={disabled} leftSection={iconOf(LockOpen)} onClick={() => void open()}>
          {text.card.open}
        </Button>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={iconOf(FolderOutput)}
          onClick={() => void openTo()}
        >
          {text.card.openTo}
        </Button>
        <Button
          variant="default"
          disabled={disabled}
          leftSection={iconOf(ShieldCheck)}
          onClick={() => void verify()}
        >
          {text.card.verify}
        </Button>
        <Button
          variant="default"
          disabled={changing}
          leftSection={iconOf(UsersRound)}
          onClick={() => void changeAccess()}
        >
          {text.access.changeAccess}
        </Button>
      </div>
      <p className={parts.quiet}>{ready ? text.card.collision[collision] : text.card.needsBody}</p>
    </>
  );
}
