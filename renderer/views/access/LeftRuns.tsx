import { Button } from '@mantine/core';
import type { AccessLeft } from '../../../shared/access-view.ts';
import { client, orNotice } from '../../client.ts';
import { accessLeft } from '../../store/access.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import { changeLines } from './access-facts.ts';
import { useKeyTitle } from './key-title.ts';

function LeftRun({ left }: { left: AccessLeft }) {
  const { text, format } = useLanguage();
  const words = text.access;
  const titleOf = useKeyTitle(left.names);
  const title = words.leftIn(words.leftWork[left.work], format.list(left.places.map(printable)));
  const facts = [
    words.leftStarted(format.time(left.started)),
    words.leftChanged(left.changed, format.number(left.changed)),
    ...(left.failed > 0 ? [words.failedCount(left.failed, format.number(left.failed))] : []),
    ...(left.interrupted ? [words.leftInterrupted] : []),
  ];
  const forget = async (): Promise<void> => {
    const rest = await orNotice(client().forgetAccess(left.run));
    if (rest !== undefined) accessLeft.set(rest);
  };
  return (
    <li>
      <div className={parts.rowTitle}>{title}</div>
      <div className={parts.rowText}>{changeLines(left, titleOf, text.access, format).join(' · ')}</div>
      <div className={parts.quiet}>{facts.join(' · ')}</div>
      <div className={parts.repairs}>
        <Button
          size="compact-sm"
          aria-label={words.forFile(words.resume, title)}
          onClick={() => void orNotice(client().resumeAccess(left.run))}
        >
          {words.resume}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          title={words.forgetHint}
          aria-label={words.forFile(words.forget, title)}
          onClick={() => void forget()}
        >
          {words.forget}
        </Button>
      </div>
    </li>
  );
}

/** Runs that were interrupted, or in which something failed; not the one whose result is shown. */
export function LeftRuns({ shown }: { shown: string | undefined }) {
  const { text } = useLanguage();
  const all = useStore(accessLeft).filter(({ run }) => run !== shown);
  if (all.length === 0) return null;
  return (
    <Panel title={text.access.left}>
      <ul className={parts.rows}>
        {all.map((left) => (
          <LeftRun key={left.run} left={left} />
        ))}
      </ul>
    </Panel>
  );
}
