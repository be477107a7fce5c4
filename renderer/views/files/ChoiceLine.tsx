import { Button, Popover, Radio, Switch, UnstyledButton } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Settings } from '../../../shared/settings.ts';
import { client, orNotice } from '../../client.ts';
import { keys } from '../../store/keys.ts';
import { showKeys } from '../../store/keys-tab.ts';
import { place } from '../../store/place.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { KeyPicker } from '../choices/KeyPicker.tsx';
import { namesOf } from '../choices/key-options.ts';
import { LabelsEditor } from '../choices/LabelsEditor.tsx';
import { OtherKeys } from '../choices/OtherKey.tsx';
import { RecoveryNote } from '../recovery/RecoveryNote.tsx';
import { choose, chosen, sealChoices } from './choices.ts';
import styles from './files.module.css';

type ChoiceProps = { name: string; value: string; wide?: boolean; children: ReactNode };

/** A choice that says what it is set to, and opens to be changed. */
function Choice({ name, value, wide = false, children }: ChoiceProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      width={wide ? 400 : 300}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={styles.choice}
          onClick={() => {
            setOpen(!open);
          }}
        >
          <span className={styles.choiceText}>
            <span className={styles.choiceName}>{name}</span>
            <span className={styles.choiceValue}>{value}</span>
          </span>
          <ChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.dropdown} aria-label={name}>
        {children}
      </Popover.Dropdown>
    </Popover>
  );
}

type EitherProps = {
  name: string;
  value: boolean;
  onChange: (value: boolean) => void;
  /** Label and explanation of `false` and of `true`. */
  options: readonly [no: readonly [string, string], yes: readonly [string, string]];
};

function Either({ name, value, onChange, options: [no, yes] }: EitherProps) {
  return (
    <Choice name={name} value={value ? yes[0] : no[0]}>
      <Radio.Group
        value={String(value)}
        aria-label={name}
        onChange={(answer) => {
          onChange(answer === 'true');
        }}
      >
        <div className={styles.options}>
          <Radio value="false" label={no[0]} description={no[1]} />
          <Radio value="true" label={yes[0]} description={yes[1]} />
        </div>
      </Radio.Group>
    </Choice>
  );
}

/** Where other keys come from: who looks for a cloud key here is shown the way to one. */
function WaysToKeys() {
  const { text } = useLanguage();
  const connected = (useStore(settings)?.settings.connections.length ?? 0) > 0;
  return (
    <div className={styles.ways}>
      <Button variant="subtle" size="compact-sm" onClick={() => showKeys('list')}>
        {text.files.manageKeys}
      </Button>
      {!connected && (
        <Button variant="subtle" size="compact-sm" onClick={() => place.set('settings')}>
          {text.keys.connect}
        </Button>
      )}
    </div>
  );
}

const pick = (keys: string[]): void => choose({ keys });

function KeysChoice({ value }: { value: readonly string[] }) {
  const { text } = useLanguage();
  const list = useStore(keys);
  const [first, ...others] = namesOf(value, list);
  const standing = list.local.find((key) => key.isDefault)?.name ?? text.common.thisComputer;
  const more = others.length === 0 ? '' : ` ${text.files.keysMore(others.length)}`;
  const recovery = useStore(settings)?.settings.recovery.key;
  const names = `${first ?? standing}${more}`;
  const now = value.length > 0 ? value : list.local.filter((key) => key.isDefault).map((key) => key.key);
  return (
    <Choice
      name={text.files.sealedWith}
      value={recovery === undefined ? names : text.recovery.plus(names)}
      wide
    >
      <KeyPicker value={now} onChange={pick} />
      <OtherKeys value={now} onChange={pick} />
      <RecoveryNote />
      <WaysToKeys />
    </Choice>
  );
}

async function pickPlace(): Promise<void> {
  const folder = (await orNotice(client().pick('output')))?.grants[0];
  if (folder !== undefined) choose({ to: { grant: folder.id, name: folder.name } });
}

function PlaceChoice() {
  const { text } = useLanguage();
  const { to } = useStore(chosen);
  return (
    <Choice
      name={text.files.place}
      value={to === undefined ? text.files.placeBeside : text.files.placeChosen(to.name)}
    >
      <Radio.Group
        value={to === undefined ? 'beside' : 'folder'}
        aria-label={text.files.place}
        onChange={(answer) => {
          if (answer === 'beside') choose({ to: undefined });
          else void pickPlace();
        }}
      >
        <div className={styles.options}>
          <Radio value="beside" label={text.files.placeBeside} />
          <Radio
            value="folder"
            label={to === undefined ? text.files.placeChoose : text.files.placeChosen(to.name)}
            onClick={() => {
              if (to !== undefined) void pickPlace();
            }}
          />
        </div>
      </Radio.Group>
    </Choice>
  );
}

/** Beside the drop zone: how what comes next is sealed. */
export function ChoiceLine({ defaults }: { defaults: Settings }) {
  const { text, format } = useLanguage();
  const value = sealChoices(useStore(chosen), defaults);
  const labels = Object.entries(value.labels).map(([label, text]) => `${label}: ${text}`);
  return (
    <div className={styles.choices} role="group" aria-label={text.files.choices}>
      <KeysChoice value={value.keys} />
      <Choice
        name={text.files.labels}
        value={labels.length === 0 ? text.files.labelsNone : format.list(labels)}
        wide
      >
        <LabelsEditor
          value={value.labels}
          onChange={(labels) => {
            choose({ labels });
          }}
        />
      </Choice>
      <Choice
        name={text.files.names}
        value={value.hideNames ? text.files.namesHidden : text.files.namesShown}
      >
        <Switch
          checked={value.hideNames}
          label={text.files.hideNames}
          description={text.files.hideNamesHint}
          onChange={(event) => {
            choose({ hideNames: event.currentTarget.checked });
          }}
        />
      </Choice>
      <PlaceChoice />
      <Either
        name={text.files.originals}
        value={value.binOriginals}
        onChange={(binOriginals) => {
          choose({ binOriginals });
        }}
        options={[
          [text.files.originalsKeep, text.files.originalsKeepHint],
          [text.files.originalsBin, text.files.originalsBinHint],
        ]}
      />
      <Either
        name={text.files.folders}
        value={value.archive}
        onChange={(archive) => {
          choose({ archive });
        }}
        options={[
          [text.files.foldersTree, text.files.foldersTreeHint],
          [text.files.foldersArchive, text.files.foldersArchiveHint],
        ]}
      />
    </div>
  );
}
