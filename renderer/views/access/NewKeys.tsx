import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core';
import { KeyRound, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { change, draft } from '../../store/access-draft.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { KeyPicker } from '../choices/KeyPicker.tsx';
import { OtherKey } from '../choices/OtherKey.tsx';
import parts from '../parts/parts.module.css';
import styles from './access.module.css';
import type { TitleOf } from './key-title.ts';

type NewKeysProps = {
  value: readonly string[];
  onChange: (keys: string[]) => void;
  /** Said while there is none. */
  none: string;
  titleOf: TitleOf;
};

function Recovery({ value, onChange }: Pick<NewKeysProps, 'value' | 'onChange'>) {
  const { text, format } = useLanguage();
  const key = useStore(settings)?.settings.recovery.key;
  if (key === undefined) return null;
  const { recipient, made } = key;
  return (
    <Checkbox
      checked={value.includes(recipient)}
      label={text.access.recoveryKey(format.time(made))}
      onChange={(event) => {
        const others = value.filter((one) => one !== recipient);
        onChange(event.currentTarget.checked ? [...others, recipient] : others);
      }}
    />
  );
}

function Add({ value, onChange }: Pick<NewKeysProps, 'value' | 'onChange'>) {
  const { text } = useLanguage();
  const [open, setOpen] = useState(false);
  const { typed } = useStore(draft);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={400} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<Plus size={16} aria-hidden="true" />}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {text.access.addKey}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.access.addKey}>
        <div className={styles.adding}>
          <KeyPicker value={value} onChange={onChange} />
          <Recovery value={value} onChange={onChange} />
          <OtherKey
            onTake={(key) => {
              change({ typed: [...typed.filter((one) => one !== key), key] });
              onChange([...value.filter((one) => one !== key), key]);
            }}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Keys that are to open from now on. */
export function NewKeys({ value, onChange, none, titleOf }: NewKeysProps) {
  const { text } = useLanguage();
  return (
    <div className={styles.news}>
      {value.length === 0 ? (
        <p className={parts.quiet}>{none}</p>
      ) : (
        <ul className={styles.chosen}>
          {value.map((key) => (
            <li key={key}>
              <KeyRound size={16} aria-hidden="true" />
              <span>{titleOf(key)}</span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={text.access.takeOut(titleOf(key))}
                title={text.access.takeOut(titleOf(key))}
                onClick={() => {
                  onChange(value.filter((one) => one !== key));
                }}
              >
                <X size={16} aria-hidden="true" />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      <Add value={value} onChange={onChange} />
    </div>
  );
}
