import { Button, Menu, SegmentedControl } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { type AccessOutcome, accessStates, type AccessView } from '../../../shared/access-view.ts';
import { saveReport } from '../../store/access.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './access.module.css';
import { useKeyTitle } from './key-title.ts';
import { ResultList } from './ResultList.tsx';
import { reportText } from './report-text.ts';

type ReportProps = { view: AccessView; outcome: AccessOutcome };

function Save({ view, outcome }: ReportProps) {
  const language = useLanguage();
  const words = language.text.access;
  const titleOf = useKeyTitle(view.names);
  const saveText = async (): Promise<void> => {
    const text = await reportText(view, outcome, { ...language, titleOf });
    if (text !== undefined) await saveReport({ as: 'text', text });
  };
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button variant="default" leftSection={<Download size={16} aria-hidden="true" />}>
          {words.save}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void saveText()}>{words.saveText}</Menu.Item>
        <Menu.Item onClick={() => void saveReport({ as: 'json' })}>{words.saveJson}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What became of each envelope, by how it went. */
export function Report({ view, outcome }: ReportProps) {
  const { text, format } = useLanguage();
  const words = text.access;
  const { counts, listed } = outcome;
  const [shown, setShown] = useState(accessStates.find((state) => counts[state] > 0) ?? 'changed');
  const name = words.filters[shown];
  return (
    <Panel title={words.report} actions={<Save view={view} outcome={outcome} />}>
      <SegmentedControl
        className={styles.mode}
        aria-label={words.filterBy}
        value={shown}
        data={accessStates.map((state) => ({
          value: state,
          label: words.filter(words.filters[state], format.number(counts[state])),
        }))}
        onChange={setShown}
      />
      {listed[shown] === 0 ? (
        <p className={parts.quiet}>{words.emptyList}</p>
      ) : (
        <>
          {listed[shown] < counts[shown] && (
            <p className={parts.quiet}>{words.listedOnly(format.number(listed[shown]))}</p>
          )}
          <ResultList key={shown} view={view} outcome={outcome} state={shown} title={words.list(name)} />
        </>
      )}
    </Panel>
  );
}
