import { Button } from '@mantine/core';
import { Cloud, KeyRound, UserRound } from 'lucide-react';
import type { KeyHealth } from '../../../shared/health.ts';
import type { HealthGroup, HealthView } from '../../../shared/health-view.ts';
import { approveAndLook, canLookAgain, lookAgain } from '../../store/health.ts';
import { keysTab } from '../../store/keys-tab.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { Fold } from './Fold.tsx';
import { gravityOf, keyFacts, keyName, keyReasons } from './health-facts.ts';
import styles from './health.module.css';

/** What mends it, as far as that is done here. */
function Mend({ health, deep }: { health: KeyHealth; deep: boolean }) {
  const { text } = useLanguage();
  const { answers, account, error } = health;
  const isUnapproved = (answers.account ?? 0) > 0 && error?.code === 'account-unknown';
  return (
    <div className={parts.repairs}>
      {isUnapproved && canLookAgain() && (
        <Button size="compact-sm" variant="default" onClick={() => void approveAndLook(health.key)}>
          {text.health.approve(printable(account ?? ''))}
        </Button>
      )}
      {(answers.locked ?? 0) > 0 && canLookAgain() && (
        <Button size="compact-sm" variant="default" onClick={() => void lookAgain({ deep, unlock: true })}>
          {text.health.unlock}
        </Button>
      )}
      {health.provider === 'local' && (answers.absent ?? 0) > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            keysTab.set('list');
          }}
        >
          {text.health.restoreKey}
        </Button>
      )}
    </div>
  );
}

const titleOf = ({ kind }: HealthGroup): 'aloneTitle' | 'endingTitle' | 'closedTitle' =>
  kind === 'alone' || kind === 'ending' ? `${kind}Title` : 'closedTitle';

/** One key: what it opens, why not, and which files that are. */
export function KeyRow({
  view,
  health,
  groups,
}: {
  view: HealthView;
  health: KeyHealth;
  groups: HealthGroup[];
}) {
  const { text, format, explain } = useLanguage();
  const name = keyName(health, text.health);
  const reasons = keyReasons(health, text.health, format, explain);
  const Icon = health.provider === 'aws-kms' ? Cloud : health.provider === 'age' ? UserRound : KeyRound;
  const { until, answers, region, account } = health;
  const gravity = gravityOf(health);
  return (
    <li className={parts.row} data-gravity={gravity}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className={parts.rowText}>
        <div className={parts.rowTitle}>{name}</div>
        <div>{keyFacts(health, text.health, format).join(' · ')}</div>
        {region !== undefined && account !== undefined && (
          <div className={parts.quiet}>{text.health.place(printable(region), printable(account))}</div>
        )}
        {health.name !== undefined && <div className={parts.identifier}>{printable(health.key)}</div>}
        {reasons.length > 0 && (
          <div className={styles.reasons}>
            <Saying kind={gravity === 'bad' ? 'error' : 'warning'}>
              {reasons.map(({ answer, what }) => (
                <p key={answer}>{what}</p>
              ))}
              <Mend health={health} deep={view.deep} />
            </Saying>
          </div>
        )}
        {until !== undefined && (answers.opens ?? 0) > 0 && (
          <div className={styles.reasons}>
            <Saying kind="warning">{text.health.keyEnds(format.time(until))}</Saying>
          </div>
        )}
        {groups.map((group) => (
          <Fold
            key={group.id}
            look={view.id}
            group={group}
            changeable
            title={text.health[titleOf(group)](name)}
          />
        ))}
      </div>
    </li>
  );
}
