import { Button } from '@mantine/core';
import { RefreshCw, RotateCw } from 'lucide-react';
import type { AccessOutcome, AccessView } from '../../../shared/access-view.ts';
import { client, orNotice } from '../../client.ts';
import { change } from '../../store/access-draft.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { changeLines, outcomeFacts, outcomeTitle, proofLines } from './access-facts.ts';
import styles from './access.module.css';
import { useKeyTitle } from './key-title.ts';
import { Paths } from './Paths.tsx';
import { Report } from './Report.tsx';

type OutcomeProps = { view: AccessView; outcome: AccessOutcome };

/** Looks again at the same places, to seal them again; what was taken away is not to come back by itself. */
async function toReseal({ chosen }: AccessView): Promise<void> {
  const { remove = [], replace = [] } = chosen ?? {};
  if (!(await client().lookAtAccess([])).ok) return;
  change({ work: 'reseal', without: [...remove, ...replace.map(({ from }) => from)] });
}

function Actions({ outcome: { run, complete, counts } }: { outcome: AccessOutcome }) {
  const { text } = useLanguage();
  const words = text.access;
  return (
    <div className={styles.actions}>
      {(!complete || counts.failed > 0) && (
        <Button
          leftSection={<RotateCw size={16} aria-hidden="true" />}
          onClick={() => void orNotice(client().resumeAccess(run))}
        >
          {complete ? words.retry : words.rest}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<RefreshCw size={16} aria-hidden="true" />}
        onClick={() => void orNotice(client().lookAtAccess([]))}
      >
        {words.again}
      </Button>
      <Button variant="default" onClick={() => void orNotice(client().cancelAccess())}>
        {words.other}
      </Button>
    </div>
  );
}

function Proof({ view, outcome }: OutcomeProps) {
  const { text, format } = useLanguage();
  const titleOf = useKeyTitle(view.names);
  const { proof, canAskKms } = outcome;
  if (proof === undefined) return null;
  return (
    <Panel title={text.access.proof}>
      <ul className={styles.proof}>
        {proofLines(proof, titleOf, text.access, format).map(({ what, first, bad }) => (
          <li key={what}>
            {bad ? <Saying kind="warning">{what}</Saying> : what}
            <Paths paths={first} />
          </li>
        ))}
      </ul>
      {canAskKms && (
        <>
          <div className={styles.actions}>
            <Button variant="default" onClick={() => void orNotice(client().proveAccess())}>
              {text.access.askKms}
            </Button>
          </div>
          <p className={parts.quiet}>{text.access.askKmsHint}</p>
        </>
      )}
    </Panel>
  );
}

/** What it does not do; and, beside it, what does. */
function Limit({ view }: { view: AccessView }) {
  const { text } = useLanguage();
  const { work } = view;
  return (
    <Panel title={text.access.resealOffer}>
      <p className={parts.quiet}>{text.access.limits[work]}</p>
      {work === 'rewrap' && (
        <div className={styles.actions}>
          <Button variant="default" onClick={() => void toReseal(view)}>
            {text.access.reseal}
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** How it ended: counts, the proof, what it does not do, and the report. */
export function Outcome({ view, outcome }: OutcomeProps) {
  const { text, format } = useLanguage();
  const titleOf = useKeyTitle(view.names);
  const words = text.access;
  const facts = [...changeLines(view, titleOf, words, format), ...outcomeFacts(outcome, words, format)];
  return (
    <>
      <Panel title={outcomeTitle(view.work, outcome, words, format)}>
        <p className={parts.quiet} role="status">
          {facts.join(' · ')}
        </p>
        {!outcome.complete && (
          <div className={styles.sayings}>
            <Saying kind="warning">{words.incomplete}</Saying>
          </div>
        )}
        <Actions outcome={outcome} />
      </Panel>
      <Proof view={view} outcome={outcome} />
      <Limit view={view} />
      <Report key={`${view.id} ${outcome.run}`} view={view} outcome={outcome} />
    </>
  );
}
