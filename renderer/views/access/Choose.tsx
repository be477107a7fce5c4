import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { AccessFound, AccessView } from '../../../shared/access-view.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { client, orNotice } from '../../client.ts';
import { planChange } from '../../store/access.ts';
import { change, contradictionOf, draft, isNothing, wantedOf } from '../../store/access-draft.ts';
import { keys } from '../../store/keys.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { RecoveryNote } from '../recovery/RecoveryNote.tsx';
import styles from './access.module.css';
import { Impossible } from './Impossible.tsx';
import { KeyFates } from './KeyFates.tsx';
import { keysNow } from './key-choices.ts';
import { useKeyTitle, type TitleOf } from './key-title.ts';
import { NewKeys } from './NewKeys.tsx';

const works = ['rewrap', 'reseal'] as const;

function Mode() {
  const { text } = useLanguage();
  const { work } = useStore(draft);
  return (
    <SegmentedControl
      className={styles.mode}
      aria-label={text.access.mode}
      value={work}
      data={works.map((value) => ({ value, label: text.access.modes[value] }))}
      onChange={(value) => {
        change({ work: value });
      }}
    />
  );
}

function Rewrap({ found, titleOf }: { found: AccessFound; titleOf: TitleOf }) {
  const { text } = useLanguage();
  const { add } = useStore(draft);
  return (
    <>
      <p className={parts.quiet}>{text.access.nowKeys}</p>
      <KeyFates found={found} titleOf={titleOf} />
      <h3 className={styles.part}>{text.access.comes}</h3>
      <NewKeys
        value={add}
        none={text.access.comesNone}
        titleOf={titleOf}
        onChange={(chosen) => {
          change({ add: chosen });
        }}
      />
    </>
  );
}

function Reseal({ now, titleOf }: { now: readonly string[]; titleOf: TitleOf }) {
  const { text } = useLanguage();
  const chosen = useStore(draft).keys;
  return (
    <>
      <p className={parts.quiet}>{text.access.resealWhat}</p>
      <h3 className={styles.part}>{text.access.opensAfter}</h3>
      <NewKeys
        value={chosen ?? now}
        none={text.access.opensAfterHint}
        titleOf={titleOf}
        onChange={(value) => {
          change({ keys: value });
        }}
      />
      <p className={parts.quiet}>{text.access.opensAfterHint}</p>
      <RecoveryNote />
    </>
  );
}

function PlanButton({ now, titleOf }: { now: readonly string[]; titleOf: TitleOf }) {
  const { text } = useLanguage();
  const [error, setError] = useState<ErrorRecord>();
  const [busy, setBusy] = useState(false);
  const wanted = wantedOf(useStore(draft), now, false);
  const contradiction = contradictionOf(wanted);
  const plan = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    const failed = await planChange(wanted);
    setBusy(false);
    setError(failed);
  };
  return (
    <>
      {error !== undefined && <ErrorNote error={error} />}
      <div className={styles.actions}>
        <Button
          loading={busy}
          disabled={isNothing(wanted) || contradiction !== undefined}
          onClick={() => void plan()}
        >
          {text.access.showPlan}
        </Button>
        <Button variant="default" onClick={() => void orNotice(client().cancelAccess())}>
          {text.access.other}
        </Button>
      </div>
      <p className={parts.quiet} role="status">
        {contradiction !== undefined
          ? text.access.contradiction(titleOf(contradiction))
          : isNothing(wanted)
            ? text.access.nothingChosen
            : ''}
      </p>
    </>
  );
}

/** Who can open now, and what is to become of that. */
export function Choose({ view }: { view: AccessView }) {
  const { text, format } = useLanguage();
  const titleOf = useKeyTitle(view.names);
  const { work, without } = useStore(draft);
  const list = useStore(keys);
  const { found } = view;
  if (found === undefined) return null;
  const { envelopes, impossible } = found;
  const now = keysNow(found, list, without);
  const places = format.list(view.places.map(printable));
  return (
    <>
      <Panel
        title={
          envelopes === 0 ? text.access.none : text.access.nowIn(envelopes, format.number(envelopes), places)
        }
      >
        <Mode />
        {work === 'rewrap' ? (
          <Rewrap found={found} titleOf={titleOf} />
        ) : (
          <Reseal now={now} titleOf={titleOf} />
        )}
        <PlanButton now={now} titleOf={titleOf} />
      </Panel>
      <Impossible groups={impossible} />
    </>
  );
}
