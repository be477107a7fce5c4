import { Button, NativeSelect, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CopiesMove, CopiesState } from '../../../shared/copies.ts';
import { client, orNotice } from '../../client.ts';
import { notice } from '../../store/notices.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { limitChoices } from './copies-limits.ts';
import styles from './settings.module.css';

type PanelProps = { state: CopiesState; onState: (state: CopiesState | undefined) => void };

function Limit({ state, onState }: PanelProps) {
  const { text, format } = useLanguage();
  return (
    <NativeSelect
      className={styles.narrow}
      label={text.copies.limit}
      description={text.copies.limitHint}
      value={String(state.megabytes)}
      data={limitChoices(state.megabytes).map((megabytes) => ({
        value: String(megabytes),
        label: format.size(megabytes * 1_000_000),
      }))}
      onChange={(event) => {
        const megabytes = Number(event.currentTarget.value);
        void orNotice(client().changeCopies({ megabytes })).then(onState);
      }}
    />
  );
}

function Moving({ move }: { move: CopiesMove | undefined }) {
  const { text, format } = useLanguage();
  return (
    <div className={styles.sideBySide} role="status">
      <span className={parts.quiet}>
        {move === undefined
          ? text.common.loading
          : text.copies.moving(format.number(move.copies), format.number(move.all))}
      </span>
      <Button size="compact-sm" variant="default" onClick={() => void orNotice(client().cancelMoveCopies())}>
        {text.copies.stopMoving}
      </Button>
    </div>
  );
}

function useMove(onState: PanelProps['onState']) {
  const [busy, setBusy] = useState(false);
  const [move, setMove] = useState<CopiesMove>();
  useEffect(() => client().on('copiesMove', setMove), []);
  const moveTo = async (grant: string | undefined): Promise<void> => {
    setBusy(true);
    setMove(undefined);
    const answer = await (grant === undefined ? client().moveCopiesBack() : client().moveCopies(grant));
    setBusy(false);
    if (answer.ok) {
      onState(answer.value);
      notice('info', (now) => now.copies.moved);
    } else if (answer.error.code !== 'cancelled') await orNotice(Promise.resolve(answer));
  };
  const choose = async (): Promise<void> => {
    const folder = (await orNotice(client().pick('output')))?.grants[0];
    if (folder !== undefined) await moveTo(folder.id);
  };
  return { busy, move, choose, back: async () => await moveTo(undefined) };
}

function Folder({ state, onState }: PanelProps) {
  const { text } = useLanguage();
  const { busy, move, choose, back } = useMove(onState);
  return (
    <div>
      <div className={styles.label}>{text.copies.folder}</div>
      {!state.isOwn && !state.isThere && <Saying kind="warning">{text.copies.gone}</Saying>}
      <div className={styles.value}>{state.isOwn ? text.copies.own : null}</div>
      <div className={parts.identifier}>{printable(state.place)}</div>
      <div className={styles.below}>
        {busy ? (
          <Moving move={move} />
        ) : (
          <div className={styles.sideBySide}>
            <Button size="compact-sm" variant="default" onClick={() => void choose()}>
              {text.copies.move}
            </Button>
            {!state.isOwn && (
              <Button size="compact-sm" variant="default" onClick={() => void back()}>
                {text.copies.moveBack}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function Clear({ state, onState }: PanelProps) {
  const { text } = useLanguage();
  const [asking, setAsking] = useState(false);
  return (
    <div>
      <Button
        variant="default"
        disabled={state.count === 0}
        onClick={() => {
          setAsking(true);
        }}
      >
        {text.copies.clear}
      </Button>
      {asking && (
        <FormDialog
          title={text.copies.clearTitle}
          action={text.copies.clearDo}
          dangerous
          onClose={() => setAsking(false)}
          onSubmit={() => client().clearCopies()}
          onDone={(now) => {
            setAsking(false);
            onState(now);
            notice('info', (words) => words.copies.cleared);
          }}
        >
          <p className={parts.quiet}>{text.copies.clearWhy}</p>
        </FormDialog>
      )}
    </div>
  );
}

/** The copies of envelopes: whether they are kept, how many there are, where, and how to be rid of them. */
export function Copies() {
  const { text, format } = useLanguage();
  const [state, setState] = useState<CopiesState>();
  const words = text.copies;
  useEffect(() => {
    void orNotice(client().copies()).then(setState);
  }, []);
  const onState = (now: CopiesState | undefined): void => {
    if (now !== undefined) setState(now);
  };
  return (
    <Panel title={words.title}>
      <p className={parts.quiet}>{words.why}</p>
      {state !== undefined && (
        <div className={`${parts.form} ${styles.below}`}>
          <p className={styles.value}>
            {words.now(
              state.count,
              format.number(state.count),
              format.size(state.bytes),
              format.size(state.megabytes * 1_000_000),
            )}
            {state.oldest === undefined ? null : ` ${words.since(format.time(state.oldest))}`}
          </p>
          <Switch
            label={words.keep}
            description={words.keepHint}
            checked={state.keep}
            onChange={(event) => {
              void orNotice(client().changeCopies({ keep: event.currentTarget.checked })).then(onState);
            }}
          />
          <Limit state={state} onState={onState} />
          <Folder state={state} onState={onState} />
          <Clear state={state} onState={onState} />
        </div>
      )}
    </Panel>
  );
}
