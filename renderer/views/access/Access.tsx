import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { AccessView } from '../../../shared/access-view.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { repairsOf } from '../../../shared/remedies.ts';
import { client, orNotice } from '../../client.ts';
import { access, isChanging, loadAccessLeft, lookAtAccess, planAgain } from '../../store/access.ts';
import { dropTaker } from '../../store/drop-taker.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { repairLabel } from '../files/repair-label.ts';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { AccessDialogs } from './AccessDialogs.tsx';
import { Begin } from './Begin.tsx';
import { Choose } from './Choose.tsx';
import { LeftRuns } from './LeftRuns.tsx';
import { isOffered, mendAccess } from './mend.ts';
import { Outcome } from './Outcome.tsx';
import { Plan } from './Plan.tsx';
import { Counting, Running } from './Working.tsx';

/** While this is shown, what is dropped is looked at here and not sealed; but not while a change runs. */
function useDrops(taking: boolean): void {
  useEffect(() => {
    if (!taking) return undefined;
    dropTaker.set({
      take: lookAtAccess,
      say: ({ access }) => ({ now: access.dropNow, hint: access.dropNowHint }),
    });
    return () => {
      dropTaker.set(undefined);
    };
  }, [taking]);
}

function Stage({ view }: { view: AccessView }) {
  switch (view.stage) {
    case 'looking':
    case 'planning':
    case 'proving':
      return <Counting view={view} />;
    case 'choosing':
      return <Choose view={view} />;
    case 'planned':
      return <Plan view={view} />;
    case 'running':
      return <Running view={view} />;
    case 'ended':
      return view.outcome === undefined ? <Begin /> : <Outcome view={view} outcome={view.outcome} />;
  }
}

/** Why the last stage did not come to its end, and what mends it. */
function StageError({ view, error }: { view: AccessView; error: ErrorRecord }) {
  const language = useLanguage();
  const run = view.outcome?.run;
  const again = async (): Promise<void> => {
    if (run === undefined) await planAgain();
    else await orNotice(client().resumeAccess(run));
  };
  const repairs = repairsOf(error, 'verify').filter((repair) => isOffered(repair, false));
  return (
    <ErrorNote error={error}>
      {repairs.map((repair) => (
        <Button
          key={repair.kind}
          size="compact-sm"
          variant="default"
          onClick={() => void mendAccess(repair, { again })}
        >
          {repairLabel(repair, language)}
        </Button>
      ))}
    </ErrorNote>
  );
}

/** Changing which keys open existing envelopes, from choosing them to the proof. */
export function Access() {
  const view = useStore(access);
  const changing = isChanging(view);
  useDrops(!changing);
  useEffect(() => {
    void loadAccessLeft();
  }, []);
  return (
    <>
      {!changing && <LeftRuns shown={view?.outcome?.run} />}
      {view?.error !== undefined && <StageError view={view} error={view.error} />}
      {view === undefined ? <Begin /> : <Stage view={view} />}
      <AccessDialogs />
    </>
  );
}
