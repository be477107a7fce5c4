/** @file A key that no list has: somebody's age recipient, a KMS key of another account, or of one that lists no keys. */
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { keys } from '../../store/keys.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './choices.module.css';
import { isSecret, unlisted } from './key-options.ts';

/** A recipient, or a key that no list has. */
export function OtherKey({ onTake }: { onTake: (key: string) => void }) {
  const { text } = useLanguage();
  const [typed, setTyped] = useState('');
  const wrong = isSecret(typed);
  const take = (): void => {
    const key = typed.trim();
    if (key === '' || wrong) return;
    onTake(key);
    setTyped('');
  };
  return (
    <form
      className={styles.other}
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <TextInput
        className={styles.typed}
        label={text.access.otherKey}
        placeholder={text.access.otherKeyHint}
        value={typed}
        error={wrong ? text.access.otherKeySecret : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <Button type="submit" variant="default" disabled={typed.trim() === '' || wrong}>
        {text.access.take}
      </Button>
    </form>
  );
}

type OtherKeysProps = { value: readonly string[]; onChange: (keys: string[]) => void };

/** Beside a picker: the chosen keys that are not in its list, and the field for one more. */
export function OtherKeys({ value, onChange }: OtherKeysProps) {
  const others = unlisted(value, useStore(keys));
  return (
    <div className={styles.others}>
      {others.map((key) => (
        <Checkbox
          key={key}
          className={styles.otherKey}
          checked
          label={printable(key)}
          onChange={() => onChange(value.filter((one) => one !== key))}
        />
      ))}
      <OtherKey onTake={(key) => onChange([...value.filter((one) => one !== key), key])} />
    </div>
  );
}
