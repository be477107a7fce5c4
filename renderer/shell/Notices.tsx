import { Alert, Button } from '@mantine/core';
import { Info, TriangleAlert } from 'lucide-react';
import { dismissNotice, notices, type Notice, type NoticeAction } from '../store/notices.ts';
import { useStore } from '../store/store.ts';
import type { Sentence } from '../text/facts.ts';
import { useLanguage } from '../text/useLanguage.tsx';
import shell from './shell.module.css';

function Explained({ what, next }: Sentence) {
  return (
    <>
      <strong>{what}</strong> {next}
    </>
  );
}

function Action({ action, onDone }: { action: NoticeAction; onDone: () => void }) {
  const { text } = useLanguage();
  return (
    <div className={shell.noticeAction}>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          onDone();
          action.do();
        }}
      >
        {action.label(text)}
      </Button>
    </div>
  );
}

function Saying({ notice }: { notice: Notice }) {
  const { text, format, explain } = useLanguage();
  const bad = notice.kind !== 'info';
  const dismiss = (): void => {
    dismissNotice(notice.id);
  };
  return (
    <Alert
      className={bad ? shell.warning : shell.notice}
      icon={bad ? <TriangleAlert aria-hidden="true" /> : <Info aria-hidden="true" />}
      withCloseButton
      closeButtonLabel={text.common.dismiss}
      onClose={dismiss}
    >
      {notice.kind === 'error' ? <Explained {...explain(notice.error)} /> : notice.say(text, format, explain)}
      {notice.kind !== 'error' && notice.action !== undefined && (
        <Action action={notice.action} onDone={dismiss} />
      )}
    </Alert>
  );
}

/** What has to be said beside the work. It stays until it is dismissed: nobody has to read fast. */
export function Notices() {
  const all = useStore(notices);
  return (
    <div className={shell.notices} role="status" aria-live="polite">
      {all.map((notice) => (
        <Saying key={notice.id} notice={notice} />
      ))}
    </div>
  );
}
