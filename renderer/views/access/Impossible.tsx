import { Button } from '@mantine/core';
import type { Impossible as Group } from '../../../shared/rewrap.ts';
import { repairsOf } from '../../../shared/remedies.ts';
import { planAgain } from '../../store/access.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { repairLabel } from '../files/repair-label.ts';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';
import styles from './access.module.css';
import { isOffered, mendAccess } from './mend.ts';
import { Paths } from './Paths.tsx';

/** What mends it before the run: the plan is made again then. */
function Mend({ group, planned }: { group: Group; planned: boolean }) {
  const language = useLanguage();
  const { text } = language;
  const error = group.first[0]?.error;
  if (error === undefined) return null;
  const untried = planned && error.code === 'no-key-tried';
  const repairs = repairsOf(error, 'verify').filter((repair) => isOffered(repair, false));
  return (
    <>
      {untried && (
        <Button
          size="compact-sm"
          variant="default"
          title={text.access.leaveUntriedHint}
          onClick={() => void planAgain({ leaveUntried: true })}
        >
          {text.access.leaveUntried}
        </Button>
      )}
      {planned &&
        repairs.map((repair) => (
          <Button
            key={repair.kind}
            size="compact-sm"
            variant="default"
            onClick={() => void mendAccess(repair, { again: planAgain })}
          >
            {repairLabel(repair, language)}
          </Button>
        ))}
    </>
  );
}

function Reason({ group, planned }: { group: Group; planned: boolean }) {
  const { text, format } = useLanguage();
  const { count, first } = group;
  const [one] = first;
  const more = count - first.length;
  if (one === undefined) return null;
  return (
    <li>
      <ErrorNote error={one.error}>
        <Mend group={group} planned={planned} />
      </ErrorNote>
      <Paths paths={first.map(({ path }) => path)} />
      {more > 0 && <p className={parts.quiet}>{text.access.unlisted(more, format.number(more))}</p>}
    </li>
  );
}

/** What cannot be done, by its reason. `planned`: the plan can be made again. */
export function Impossible({ groups, planned = false }: { groups: readonly Group[]; planned?: boolean }) {
  const { text } = useLanguage();
  if (groups.length === 0) return null;
  return (
    <Panel title={text.access.impossibleTitle}>
      <ul className={`${parts.rows} ${styles.reasons}`}>
        {groups.map((group) => (
          <Reason key={group.code} group={group} planned={planned} />
        ))}
      </ul>
    </Panel>
  );
}
