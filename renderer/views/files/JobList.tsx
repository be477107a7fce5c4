import { Button, Modal } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef, useState } from 'react';
import { orNotice } from '../../client.ts';
import { jobs } from '../../store/jobs.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { useWithCopies, WithCopies } from '../settings/WithCopies.tsx';
import { BatchLine } from './BatchLine.tsx';
import dialogs from './dialogs.module.css';
import styles from './list.module.css';
import { RowLine } from './RowLine.tsx';

/** Pixels of a line before it was measured: of most lines it is right, so little moves when they are. */
const LINE = 68;

/** The lines that are in sight, whatever their number: 10,000 cost what ten do. */
function Lines() {
  const { text } = useLanguage();
  const lines = useStore(jobs.lines);
  const scroller = useRef<HTMLDivElement>(null);
  // The same function for the same lines: for another one the list would measure all of them anew, at every step.
  const getItemKey = useCallback((index: number) => lines[index]?.id ?? index, [lines]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    getItemKey,
    overscan: 8,
  });
  // At rest the lines in sight stay where they are, whatever grows above them. While it scrolls that would stop the
  // movement half way: Home and End would never get there.
  virtual.shouldAdjustScrollPositionOnItemSizeChange = ({ start }, _, { isScrolling, scrollOffset }) =>
    !isScrolling && start < (scrollOffset ?? 0);
  return (
    <div className={styles.scroller} ref={scroller} tabIndex={0} role="region" aria-label={text.files.list}>
      <ul className={styles.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={lines.length}
              aria-posinset={item.index + 1}
              data-first={line?.first}
              data-last={line?.last}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {line?.kind === 'batch' ? (
                <BatchLine id={line.id} />
              ) : (
                <RowLine id={line?.id ?? ''} alone={line?.first === true} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function ClearHistory() {
  const { text } = useLanguage();
  const [asking, setAsking] = useState(false);
  const copies = useWithCopies(asking);
  const close = (): void => {
    setAsking(false);
  };
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        className={styles.clear}
        onClick={() => {
          setAsking(true);
        }}
      >
        {text.files.clear}
      </Button>
      <Modal
        opened={asking}
        onClose={close}
        title={text.files.clearTitle}
        size="sm"
        closeButtonProps={{ 'aria-label': text.common.close }}
      >
        <p className={dialogs.dialogText}>{text.files.clearHint}</p>
        <WithCopies {...copies} />
        <div className={dialogs.dialogActions}>
          <Button variant="default" onClick={close}>
            {text.common.cancel}
          </Button>
          <Button
            data-autofocus
            onClick={() => {
              close();
              void orNotice(copies.clear());
            }}
          >
            {text.files.clear}
          </Button>
        </div>
      </Modal>
    </>
  );
}

/** Work that runs, above work that is done: the list is the history. */
export function JobList() {
  const { text } = useLanguage();
  return (
    <div className={styles.list}>
      <div className={styles.listHead}>
        <h2>{text.files.list}</h2>
        <ClearHistory />
      </div>
      <Lines />
    </div>
  );
}
