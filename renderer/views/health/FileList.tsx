import { FileSearch, FolderOpen } from 'lucide-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { HealthFile } from '../../../shared/health.ts';
import type { HealthGroup } from '../../../shared/health-view.ts';
import type { Grant } from '../../../shared/desktop.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import styles from './health.module.css';
import { HalfDialog } from './HalfDialog.tsx';
import { useFiles } from './useFiles.ts';

/** Pixels of a line. */
const LINE = 44;

const nameOf = (file: string): string => file.slice(file.search(/[^/\\]*$/));
const folderOf = (file: string): string => file.slice(0, -nameOf(file).length - 1);

/** Which half is there where the other can be looked for, or restored. */
const halves: Partial<Record<HealthGroup['kind'], 'envelope' | 'body'>> = {
  'envelope-missing': 'body',
  'envelope-altered': 'envelope',
  'body-missing': 'envelope',
  'body-foreign': 'envelope',
};

type FileLineProps = { group: HealthGroup; index: number; file: HealthFile | undefined };

/** Looks for the other half. Without a name of a file nothing is known of it yet. */
function FindHalf({ group, index, name }: { group: HealthGroup; index: number; name: string | undefined }) {
  const { text } = useLanguage();
  const [file, setFile] = useState<Grant>();
  const half = halves[group.kind];
  if (half === undefined) return null;
  const label = text.health.findHalf[half](name ?? '');
  return (
    <>
      <button
        type="button"
        className={styles.action}
        disabled={name === undefined}
        aria-label={label}
        title={label}
        onClick={() => void orNotice(client().grantHealthFile(group.id, index)).then(setFile)}
      >
        <FileSearch size={18} aria-hidden="true" />
      </button>
      {file !== undefined && <HalfDialog file={file} half={half} onClose={() => setFile(undefined)} />}
    </>
  );
}

/** One file; nothing of it is known until its page is there. */
function FileLine({ group, index, file }: FileLineProps) {
  const { text, explain } = useLanguage();
  const name = file === undefined ? '…' : printable(nameOf(file.path));
  return (
    <>
      <div className={styles.file}>
        <span className={styles.fileName}>{name}</span>
        <span className={styles.fileFolder}>{file !== undefined && printable(folderOf(file.path))}</span>
        {file?.error !== undefined && <span className="only-read">{explain(file.error).what}</span>}
      </div>
      <FindHalf group={group} index={index} name={file === undefined ? undefined : name} />
      <button
        type="button"
        className={styles.action}
        disabled={file === undefined}
        aria-label={text.health.showInFolder(name)}
        title={text.health.showInFolder(name)}
        onClick={() => void orNotice(client().showHealthFile(group.id, index))}
      >
        <FolderOpen size={18} aria-hidden="true" />
      </button>
    </>
  );
}

/** The files of a group: those in sight, whatever their number. */
export function FileList({ look, group, title }: { look: string; group: HealthGroup; title: string }) {
  const { text, format } = useLanguage();
  const { at, need } = useFiles(look, group.id);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: group.listed,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (group.listed > 0) need(first, last);
  }, [need, first, last, group.listed]);
  return (
    <>
      {group.listed < group.files && (
        <p className={parts.quiet}>{text.health.listedOnly(format.number(group.listed))}</p>
      )}
      <div
        className={styles.scroller}
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={text.health.list(title)}
        style={{ height: Math.min(group.listed, 7) * LINE + 2 }}
      >
        <ul className={styles.lines} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            return (
              <li
                key={item.key}
                aria-setsize={group.listed}
                aria-posinset={item.index + 1}
                style={{ height: LINE, transform: `translateY(${item.start}px)` }}
              >
                <FileLine group={group} index={item.index} file={at(item.index)} />
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}
