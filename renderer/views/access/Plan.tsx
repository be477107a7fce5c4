import { Button } from '@mantine/core';
import { useState } from 'react';
import type { AccessView } from '../../../shared/access-view.ts';
import type { RewrapPlan } from '../../../shared/rewrap.ts';
import { client, orNotice } from '../../client.ts';
import { planAgain } from '../../store/access.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { callsText, changeLines } from './access-facts.ts';
import styles from './access.module.css';
import { Impossible } from './Impossible.tsx';
import { useKeyTitle } from './key-title.ts';

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Facts({ view, plan }: { view: AccessView; plan: RewrapPlan }) {
  const { text, format } = useLanguage();
  const words = text.access;
  const titleOf = useKeyTitle(view.names);
  const { envelopes, already, inside, impossible, calls, bytes } = plan;
  const failing = impossible.reduce((sum, { count }) => sum + count, 0);
  return (
    <dl className={parts.facts}>
      <Fact name={words.facts.change}>
        {changeLines(view, titleOf, words, format).map((line) => (
          <div key={line}>{line}</div>
        ))}
      </Fact>
      <Fact name={words.facts.envelopes}>{format.number(envelopes)}</Fact>
      {already > 0 && <Fact name={words.facts.already}>{format.number(already)}</Fact>}
      {failing > 0 && <Fact name={words.facts.impossible}>{format.number(failing)}</Fact>}
      <Fact name={words.facts.calls}>{callsText(calls, words, format)}</Fact>
      {inside > 0 && <Fact name={words.facts.inside}>{words.inside(inside, format.number(inside))}</Fact>}
      {bytes > 0 && <Fact name={words.facts.bytes}>{format.size(bytes)}</Fact>}
    </dl>
  );
}

/** What is worth a second look before a yes. */
function Warnings({ plan }: { plan: RewrapPlan }) {
  const { text, format } = useLanguage();
  const words = text.access;
  const { work, lockedOut, accounts, unreadable, sharing } = plan;
  const { number, list } = format;
  const lines = [
    ...(lockedOut > 0 ? [words.lockedOut(lockedOut, number(lockedOut))] : []),
    ...(accounts.length > 0 ? [words.accounts(list(accounts.map(printable)))] : []),
    ...(unreadable > 0 ? [words.unreadable[work](unreadable, number(unreadable))] : []),
    ...(sharing > 0 ? [words.sharing[work](sharing, number(sharing))] : []),
  ];
  if (lines.length === 0) return null;
  return (
    <Saying kind="warning">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Saying>
  );
}

/** What would be done, before it is. */
export function Plan({ view }: { view: AccessView }) {
  const { text, format } = useLanguage();
  const [busy, setBusy] = useState(false);
  const words = text.access;
  const { plan, work, chosen } = view;
  if (plan === undefined) return null;
  const { changing } = plan;
  const many = format.number(changing);
  const takes = work === 'reseal' || (chosen?.remove.length ?? 0) + (chosen?.replace.length ?? 0) > 0;
  const start = async (): Promise<void> => {
    setBusy(true);
    await orNotice(client().startAccess());
    setBusy(false);
  };
  return (
    <>
      <Panel title={changing === 0 ? words.planNothing : words.planTitle[work](changing, many)}>
        <Facts view={view} plan={plan} />
        <div className={styles.sayings}>
          <Warnings plan={plan} />
          {takes && changing > 0 && <Saying kind="info">{words.limits[work]}</Saying>}
        </div>
        <div className={styles.actions}>
          <Button loading={busy} disabled={changing === 0} onClick={() => void start()}>
            {words.start[work](changing, many)}
          </Button>
          <Button variant="default" onClick={() => void planAgain()}>
            {words.planAgain}
          </Button>
          <Button variant="default" onClick={() => void orNotice(client().cancelAccess())}>
            {words.back}
          </Button>
        </div>
      </Panel>
      <Impossible groups={plan.impossible} planned />
    </>
  );
}
