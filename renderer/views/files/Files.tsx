import { useDeferredValue } from 'react';
import { jobs } from '../../store/jobs.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { EnvelopeCard } from '../card/EnvelopeCard.tsx';
import { WaitingLine } from '../waiting/WaitingLine.tsx';
import { ChoiceLine } from './ChoiceLine.tsx';
import styles from './files.module.css';
import { Invitation, Strip } from './Intake.tsx';
import { endIntake, intake } from './intake.ts';
import { JobList } from './JobList.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { RowDialogs } from './RowDialogs.tsx';

export function Files() {
  const now = useStore(intake);
  const view = useStore(settings);
  // The first rows make the list, and all that is in it: that is drawn in pieces, and the window answers meanwhile.
  const empty = useDeferredValue(useStore(jobs.lines).length === 0);
  if (view === undefined) return null;
  if (now.kind === 'card') {
    return <EnvelopeCard key={now.grant.id} grant={now.grant} body={now.body} onClose={endIntake} />;
  }
  return (
    <div className={styles.files}>
      {empty ? <Invitation /> : <Strip />}
      <ChoiceLine defaults={view.settings} />
      <WaitingLine />
      {!empty && <JobList />}
      {now.kind === 'plan' && <PlanDialog parts={now.parts} />}
      <RowDialogs />
    </div>
  );
}
