import { useEffect } from 'react';
import { arrivals } from '../../store/arrivals.ts';
import { jobs } from '../../store/jobs.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { EnvelopeCard } from '../card/EnvelopeCard.tsx';
import { Announcer } from './Announcer.tsx';
import { ChoiceLine } from './ChoiceLine.tsx';
import styles from './files.module.css';
import { Invitation, Strip } from './Intake.tsx';
import { endIntake, intake, takeIn } from './intake.ts';
import { JobList } from './JobList.tsx';
import { PlanDialog } from './PlanDialog.tsx';
import { RowDialogs } from './RowDialogs.tsx';

/** What the system handed over is taken in one batch, and asked about: nobody dropped it here. */
function useArrivals(): void {
  const arrived = useStore(arrivals);
  useEffect(() => {
    if (arrived.grants.length === 0 && arrived.refused.length === 0) return;
    arrivals.set({ grants: [], refused: [] });
    void takeIn(arrived, 'always');
  }, [arrived]);
}

export function Files() {
  useArrivals();
  const now = useStore(intake);
  const view = useStore(settings);
  const empty = useStore(jobs.lines).length === 0;
  if (view === undefined) return null;
  if (now.kind === 'card') return <EnvelopeCard grant={now.grant} onClose={endIntake} />;
  return (
    <div className={styles.files}>
      {empty ? <Invitation /> : <Strip />}
      <ChoiceLine defaults={view.settings} />
      {!empty && <JobList />}
      {now.kind === 'plan' && <PlanDialog parts={now.parts} />}
      <RowDialogs />
      <Announcer />
    </div>
  );
}
