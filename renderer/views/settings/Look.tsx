import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import type { Appearance, Language, Settings } from '../../../shared/settings.ts';
import { changeSettings } from '../../store/settings.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './settings.module.css';

const appearances: readonly Appearance[] = ['system', 'light', 'dark', 'contrast'];
const languages: readonly Language[] = ['system', 'en', 'zh-CN'];

/** Both change the window at once. */
export function Look({ settings }: { settings: Settings }) {
  const { text } = useLanguage();
  const label = useId();
  return (
    <Panel title={text.settings.look}>
      <div className={parts.form}>
        <div>
          <div id={label} className={styles.label}>
            {text.settings.appearance}
          </div>
          <SegmentedControl
            className={styles.segments}
            aria-labelledby={label}
            value={settings.appearance}
            data={appearances.map((value) => ({ value, label: text.settings.appearances[value] }))}
            onChange={(appearance) => void changeSettings({ appearance })}
          />
        </div>
        <NativeSelect
          className={styles.narrow}
          label={text.settings.language}
          value={settings.language}
          onChange={(event) => {
            const chosen = languages.find((one) => one === event.currentTarget.value);
            if (chosen !== undefined) void changeSettings({ language: chosen });
          }}
        >
          {languages.map((one) => (
            <option key={one} value={one} lang={one === 'system' ? undefined : one}>
              {text.settings.languages[one]}
            </option>
          ))}
        </NativeSelect>
      </div>
    </Panel>
  );
}
