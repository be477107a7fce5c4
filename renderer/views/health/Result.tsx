import { Button, Menu } from '@mantine/core';
import { Download, FolderPlus, RefreshCw, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { healthProblems, type HealthSummary } from '../../../shared/health.ts';
import type { HealthGroup, HealthView } from '../../../shared/health-view.ts';
import { canLookAgain, chooseAndLook, exportResult, lookAgain } from '../../store/health.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { Fold } from './Fold.tsx';
import { callsFact, summaryFacts } from './health-facts.ts';
import styles from './health.module.css';
import { KeyRow } from './KeyRow.tsx';

/** Keys that are drawn at once. */
const KEYS_SHOWN = 50;

function Actions() {
  const { text } = useLanguage();
  return (
    <div className={styles.actions}>
      {canLookAgain() && (
        <>
          <Button
            variant="default"
            leftSection={<RefreshCw size={16} aria-hidden="true" />}
            onClick={() => void lookAgain()}
          >
            {text.health.again}
          </Button>
          <Button
            variant="default"
            leftSection={<ShieldCheck size={16} aria-hidden="true" />}
            onClick={() => void lookAgain({ deep: true })}
          >
            {text.health.deep}
          </Button>
        </>
      )}
      <Button
        variant="default"
        leftSection={<FolderPlus size={16} aria-hidden="true" />}
        onClick={() => void chooseAndLook('folder')}
      >
        {text.health.other}
      </Button>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button variant="default" leftSection={<Download size={16} aria-hidden="true" />}>
            {text.health.export}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void exportResult('json')}>{text.health.exportJson}</Menu.Item>
          <Menu.Item onClick={() => void exportResult('csv')}>{text.health.exportCsv}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Headline({ summary }: { summary: HealthSummary }) {
  const { text, format } = useLanguage();
  const { opens, envelopes, cancelled } = summary;
  const { number } = format;
  const calls = callsFact(summary, text.health, format);
  return (
    <Panel title={text.health.headline(opens, number(opens), envelopes, number(envelopes))}>
      <p className={parts.quiet}>{summaryFacts(summary, text.health, format).join(' · ')}</p>
      {calls !== undefined && <p className={parts.quiet}>{calls}</p>}
      {cancelled && <Saying kind="warning">{text.health.cancelled}</Saying>}
      <Actions />
      {canLookAgain() && <p className={parts.quiet}>{text.health.deepHint}</p>}
    </Panel>
  );
}

function KeysPanel({
  view,
  summary,
  groups,
}: {
  view: HealthView;
  summary: HealthSummary;
  groups: HealthGroup[];
}) {
  const { text } = useLanguage();
  const [shown, setShown] = useState(KEYS_SHOWN);
  if (summary.keys.length === 0) return null;
  return (
    <Panel title={text.health.keys}>
      <ul className={parts.rows}>
        {summary.keys.slice(0, shown).map((health) => (
          <KeyRow
            key={health.index}
            view={view}
            health={health}
            groups={groups.filter(({ key }) => key === health.index)}
          />
        ))}
      </ul>
      {summary.keys.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + KEYS_SHOWN)}>
          {text.health.otherKeys}
        </Button>
      )}
    </Panel>
  );
}

function ProblemsPanel({ view, groups }: { view: HealthView; groups: HealthGroup[] }) {
  const { text } = useLanguage();
  const whole = groups.filter(({ key }) => key === undefined);
  const inOrder = healthProblems.flatMap((problem) => whole.find(({ kind }) => kind === problem) ?? []);
  return (
    <Panel title={text.health.problems}>
      {inOrder.length === 0 && <p className={parts.quiet}>{text.health.noProblems}</p>}
      <ul className={parts.rows}>
        {inOrder.map((group) => {
          if (group.kind === 'alone' || group.kind === 'ending') return null;
          const { title, next } = text.health.problem[group.kind];
          return (
            <li key={group.id}>
              <Fold look={view.id} group={group} title={title} />
              <p className={`${parts.quiet} ${styles.next}`}>{next}</p>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** What a look came to: the whole, key by key, and by problem. */
export function Result({ view }: { view: HealthView }) {
  if (view.result === undefined) return null;
  const { summary, groups } = view.result;
  return (
    <>
      <Headline summary={summary} />
      <KeysPanel view={view} summary={summary} groups={groups} />
      {summary.envelopes + groups.length > 0 && <ProblemsPanel view={view} groups={groups} />}
    </>
  );
}
