import { Button, Textarea } from '@mantine/core';
import { Image, Keyboard } from 'lucide-react';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { wiped } from '../parts/wiped.ts';
import { type GivenKeyState, sayingOf } from './given-key.ts';
import styles from './recovery.module.css';

const iconSize = { size: 16, 'aria-hidden': true } as const;

/** A recovery key: typed from its sheet, or read from a picture of the code. */
export function GivenKeyField({ state }: { state: GivenKeyState }) {
  const language = useLanguage();
  const words = language.text.recovery.given;
  const { typed, picture, tried, type, choose } = state;
  const pick = async (): Promise<void> => {
    const chosen = (await orNotice(client().pick('picture')))?.grants[0];
    if (chosen !== undefined) choose(chosen);
  };
  if (picture !== undefined) {
    return (
      <div className={styles.given}>
        <Saying kind="info">
          <p>{words.chosen(printable(picture.name))}</p>
        </Saying>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Keyboard {...iconSize} />}
          onClick={() => choose(undefined)}
        >
          {words.instead}
        </Button>
      </div>
    );
  }
  const said = sayingOf(typed, tried, language);
  return (
    <div className={styles.given}>
      <Textarea
        ref={wiped}
        data-autofocus
        label={words.typed}
        description={words.hint}
        classNames={{ input: styles.typed }}
        autosize
        minRows={3}
        maxRows={6}
        maxLength={8192}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="characters"
        value={typed}
        error={said?.kind === 'error' ? said.words : undefined}
        onChange={(event) => type(event.currentTarget.value)}
      />
      <span className={parts.quiet} role="status">
        {said?.kind === 'info' ? said.words : ''}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Image {...iconSize} />}
        onClick={() => void pick()}
      >
        {words.picture}
      </Button>
    </div>
  );
}
