import { Button, Radio, Switch } from '@mantine/core';
import { useState } from 'react';
import type { Collision, OfflineSealing, Settings } from '../../../shared/settings.ts';
import { keys } from '../../store/keys.ts';
import { changeSettings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { KeyPicker } from '../choices/KeyPicker.tsx';
import { OtherKeys } from '../choices/OtherKey.tsx';
import { LabelsEditor } from '../choices/LabelsEditor.tsx';
import { namesOf } from '../choices/key-options.ts';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './settings.module.css';

const offline: readonly OfflineSealing[] = ['ask', 'always', 'never'];
const collisions: readonly Collision[] = ['keep-both', 'replace', 'skip'];

const pick = (defaultKeys: string[]): void => void changeSettings({ defaultKeys });

function DefaultKeys({ chosen }: { chosen: readonly string[] }) {
  const { text, format } = useLanguage();
  const list = useStore(keys);
  const [choosing, setChoosing] = useState(false);
  const names = namesOf(chosen, list).map(printable);
  return (
    <div>
      <div className={styles.label}>{text.settings.keys}</div>
      <div className={styles.sideBySide}>
        <span className={styles.value}>
          {names.length === 0 ? text.settings.keysNone : format.list(names)}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={choosing}
          onClick={() => setChoosing(!choosing)}
        >
          {choosing ? text.settings.keysDone : text.settings.keysChange}
        </Button>
      </div>
      {choosing && (
        <div className={styles.picker}>
          <KeyPicker value={chosen} onChange={pick} />
          <OtherKeys value={chosen} onChange={pick} />
        </div>
      )}
    </div>
  );
}

function OfflineChoice({ chosen }: { chosen: OfflineSealing }) {
  const { waiting: words } = useLanguage().text;
  return (
    <Radio.Group
      label={words.setting}
      description={words.settingHint}
      value={chosen}
      onChange={(value) => {
        const offlineSealing = offline.find((one) => one === value);
        if (offlineSealing !== undefined) void changeSettings({ offlineSealing });
      }}
    >
      <div className={styles.inline}>
        {offline.map((one) => (
          <Radio key={one} value={one} label={words.settings[one]} />
        ))}
      </div>
    </Radio.Group>
  );
}

/** What holds for sealing and opening unless a drop is told otherwise. */
export function Defaults({ settings }: { settings: Settings }) {
  const { text } = useLanguage();
  const words = text.settings;
  return (
    <Panel title={words.defaults}>
      <div className={parts.form}>
        <DefaultKeys chosen={settings.defaultKeys} />
        <div>
          <div className={styles.label}>{words.labels}</div>
          <LabelsEditor value={settings.labels} onChange={(labels) => void changeSettings({ labels })} />
        </div>
        <Switch
          label={words.hideNames}
          description={words.hideNamesHint}
          checked={settings.hideNames}
          onChange={(event) => void changeSettings({ hideNames: event.currentTarget.checked })}
        />
        <Switch
          label={words.originals}
          description={words.originalsHint}
          checked={settings.binOriginals}
          onChange={(event) => void changeSettings({ binOriginals: event.currentTarget.checked })}
        />
        <Radio.Group
          label={words.collision}
          value={settings.collision}
          onChange={(value) => {
            const collision = collisions.find((one) => one === value);
            if (collision !== undefined) void changeSettings({ collision });
          }}
        >
          <div className={styles.inline}>
            {collisions.map((one) => (
              <Radio key={one} value={one} label={words.collisions[one]} />
            ))}
          </div>
        </Radio.Group>
        <OfflineChoice chosen={settings.offlineSealing} />
      </div>
    </Panel>
  );
}
