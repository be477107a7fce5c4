import { jobs } from '../../store/jobs.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { announcementOf } from './row-facts.ts';

/** Says to who cannot see it how a batch ended. */
export function Announcer() {
  const language = useLanguage();
  const batch = useStore(jobs.ended);
  return (
    <div className="only-read" role="status">
      {batch === undefined ? '' : announcementOf(batch, language)}
    </div>
  );
}
