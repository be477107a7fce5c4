import { useEffect, useState, type ClipboardEvent, type DragEvent, type ReactNode } from 'react';
import { Mark } from '../../shell/Mark.tsx';
import { client, orNotice } from '../../client.ts';
import { arrivals } from '../../store/arrivals.ts';
import { dropTaker } from '../../store/drop-taker.ts';
import { place } from '../../store/place.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './files.module.css';
import { sayNothingIn, takeIn } from './intake.ts';

/**
 * Plain `files` and not a walk through `items`: a folder comes as one File whose place on disk is the folder's, and
 * only such a File has a place.
 */
async function take(files: readonly File[]): Promise<void> {
  const granted = await orNotice(client().grant(files));
  if (granted === undefined) return;
  const taker = dropTaker.get();
  if (taker !== undefined) {
    await taker.take(granted);
    return;
  }
  place.set('files');
  await takeIn(granted, 'when-large');
}

function onPaste(event: ClipboardEvent): void {
  const files = [...event.clipboardData.files];
  if (files.length === 0) return;
  event.preventDefault();
  void take(files);
}

/** What the system handed over is taken in one batch, and asked about: nobody dropped it here. */
function useArrivals(): void {
  const arrived = useStore(arrivals);
  useEffect(() => {
    if (arrived.grants.length === 0 && arrived.refused.length === 0) return;
    arrivals.set({ grants: [], refused: [] });
    place.set('files');
    void takeIn(arrived, 'always');
  }, [arrived]);
}

/** The whole window takes drops, whatever it shows. */
export function DropTarget({ children }: { children: ReactNode }) {
  const { text } = useLanguage();
  useArrivals();
  const taker = useStore(dropTaker);
  const { now, hint } = taker?.say(text) ?? { now: text.files.dropNow, hint: text.files.dropNowHint };
  const [over, setOver] = useState(false);
  const onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setOver(true);
  };
  const onDragLeave = (event: DragEvent): void => {
    // Leaving one element for another is not leaving the window.
    if (event.relatedTarget === null) setOver(false);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    const types = [...event.dataTransfer.types];
    if (files.length > 0) void take(files);
    else sayNothingIn(types);
  };
  return (
    <div
      className={styles.target}
      onDragOver={onDragOver}
      onDragLeave={onDragLeave}
      onDrop={onDrop}
      onPaste={onPaste}
    >
      {children}
      {over && (
        <div className={styles.overlay} aria-hidden="true">
          <div>
            <Mark size={56} />
            <strong>{now}</strong>
            <span>{hint}</span>
          </div>
        </div>
      )}
    </div>
  );
}
