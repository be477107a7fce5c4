import { Button } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { AccessOutcome, AccessState, AccessView } from '../../../shared/access-view.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { repairsOf } from '../../../shared/remedies.ts';
import type { AccessResult } from '../../../shared/rewrap.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { repairLabel } from '../files/repair-label.ts';
import { fileFacts } from './access-facts.ts';
import styles from './access.module.css';
import { useKeyTitle, type TitleOf } from './key-title.ts';
import { isOffered, mendAccess } from './mend.ts';
import { useResults } from './useResults.ts';

/** Pixels of a line before it was measured. */
const LINE = 52;
/** Pixels of the list: beyond that it scrolls. */
const MOST = 420;

const nameOf = (file: string): string => file.slice(file.search(/[^/\\]*$/));
const folderOf = (file: string): string => file.slice(0, -nameOf(file).length - 1);

type LineProps = { run: string; state: AccessState; index: number };

function Repairs({ run, state, index, error, name }: LineProps & { error: ErrorRecord; name: string }) {
  const language = useLanguage();
  const { text } = language;
  const envelope = async () => (await orNotice(client().grantAccessFile(state, index)))?.grants[0];
  const again = async (): Promise<void> => {
    await orNotice(client().resumeAccess(run));
  };
  const repairs = repairsOf(error, 'verify').filter((repair) => isOffered(repair, true));
  return repairs.map((repair) => (
    <Button
      key={repair.kind}
      size="compact-sm"
      variant="default"
      aria-label={text.access.forFile(repairLabel(repair, language), name)}
      onClick={() => void mendAccess(repair, { again, envelope })}
    >
      {repairLabel(repair, language)}
    </Button>
  ));
}

function Line({ file, titleOf, ...at }: LineProps & { file: AccessResult | undefined; titleOf: TitleOf }) {
  const language = useLanguage();
  const { text, explain } = language;
  if (file === undefined) return <div className={styles.file}>…</div>;
  const name = printable(nameOf(file.path));
  const said = file.error === undefined ? undefined : explain(file.error);
  return (
    <>
      <div className={styles.file}>
        <span className={styles.fileName}>{name}</span>
        <span className={styles.fileFolder}>{printable(folderOf(file.path))}</span>
        <span className={styles.fileFacts}>
          {said === undefined ? fileFacts(file, titleOf, language).join(' · ') : `${said.what} ${said.next}`}
        </span>
        {file.error !== undefined && (
          <div className={styles.repairs}>
            <Repairs {...at} error={file.error} name={name} />
          </div>
        )}
      </div>
      <button
        type="button"
        className={styles.action}
        aria-label={text.access.showInFolder(name)}
        title={text.access.showInFolder(name)}
        onClick={() => void orNotice(client().showAccessFile(at.state, at.index))}
      >
        <FolderOpen size={18} aria-hidden="true" />
      </button>
    </>
  );
}

type ResultListProps = { view: AccessView; outcome: AccessOutcome; state: AccessState; title: string };

/** The envelopes of one state: those in sight, whatever their number. */
export function ResultList({ view, outcome, state, title }: ResultListProps) {
  const count = outcome.listed[state];
  const { at, need } = useResults(state);
  const titleOf = useKeyTitle(view.names);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    need(first, last);
  }, [need, first, last]);
  return (
    <div
      className={styles.scroller}
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={title}
      style={{ height: Math.min(virtual.getTotalSize() + 2, MOST) }}
    >
      <ul className={styles.lines} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-setsize={count}
            aria-posinset={item.index + 1}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <Line
              run={outcome.run}
              state={state}
              index={item.index}
              file={at(item.index)}
              titleOf={titleOf}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
