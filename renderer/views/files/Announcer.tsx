import { jobs } from '../../store/jobs.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { batchTitle } from './BatchLine.tsx';

/** Says to who cannot see it how a batch ended. */
export function Announcer() {
  const language = useLanguage();
  const batch = useStore(jobs.ended);
  const { announce, batch: words } = language.text.files;
  let say = '';
  if (batch !== undefined) {
    const what = batchTitle(batch, language);
    const failed = words.failed(language.format.number(batch.failedFiles));
    if (batch.state === 'cancelled') say = announce.cancelled(what);
    else say = batch.failedFiles > 0 ? announce.failed(what, failed) : announce.done(what);
  }
  return (
    <div className="only-read" role="status">
      {say}
    </div>
  );
}
