import { Checkbox, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ListedKey } from '../../../shared/desktop.ts';
import { keys, loadLocalKeys } from '../../store/keys.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './choices.module.css';
import { isWorthSaying, keyGroups } from './key-options.ts';

function KeyFacts({ listed }: { listed: ListedKey }) {
  const { text } = useLanguage();
  const facts = [
    listed.region,
    listed.account,
    isWorthSaying(listed.state) ? (text.keys.states[listed.state] ?? listed.state) : undefined,
    listed.canSeal ? undefined : text.files.keyCannotSeal,
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? null : <>{facts.join(' · ')}</>;
}

type KeyPickerProps = { value: readonly string[]; onChange: (keys: string[]) => void };

/** Local keys and cloud keys, several at once. A key that cannot seal is shown, and why, but cannot be chosen. */
export function KeyPicker({ value, onChange }: KeyPickerProps) {
  const { text } = useLanguage();
  const list = useStore(keys);
  const [search, setSearch] = useState('');
  useEffect(() => {
    // The first seal makes the first key; those of a KMS are asked for when something changes.
    void loadLocalKeys();
  }, []);
  const groups = keyGroups(list, search);
  return (
    <div className={styles.picker}>
      <TextInput
        data-autofocus
        value={search}
        aria-label={text.files.searchKeys}
        placeholder={text.files.searchKeys}
        leftSection={<Search size={16} aria-hidden="true" />}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
        }}
      />
      <Checkbox.Group value={[...value]} onChange={onChange}>
        <div className={styles.keys}>
          {groups.map(({ connection, keys: some }) => (
            <fieldset key={connection ?? ''} className={styles.group}>
              <legend>{connection ?? text.files.keysLocal}</legend>
              {some.map((listed) => (
                <Checkbox
                  key={listed.key}
                  value={listed.key}
                  label={listed.name}
                  disabled={!listed.canSeal}
                  description={<KeyFacts listed={listed} />}
                />
              ))}
            </fieldset>
          ))}
        </div>
      </Checkbox.Group>
      <PickerNotes empty={groups.length === 0} searching={search !== ''} />
    </div>
  );
}

/** What the list does not show: keys still to come, and why others do not come. */
function PickerNotes({ empty, searching }: { empty: boolean; searching: boolean }) {
  const { text, explain } = useLanguage();
  const list = useStore(keys);
  return (
    <div className={styles.notes} role="status">
      {empty && (
        <p>{searching ? text.files.keysNone : `${text.common.thisComputer}: ${text.files.keysFirst}`}</p>
      )}
      {list.waiting.map((connection) => (
        <p key={connection}>{text.files.keysWaiting(connection)}</p>
      ))}
      {list.connections.map(
        ({ connection, error }) =>
          error !== undefined && (
            <p key={connection} className={styles.warning}>
              {connection}: {explain(error).what}
            </p>
          ),
      )}
    </div>
  );
}
