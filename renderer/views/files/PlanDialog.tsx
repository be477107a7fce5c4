import { Button, Modal, Radio } from '@mantine/core';
import { HardDrive, TriangleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Plan } from '../../../shared/desktop.ts';
import type { Collision } from '../../../shared/settings.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { RecoveryNote } from '../recovery/RecoveryNote.tsx';
import { currentSettings } from './choices.ts';
import styles from './dialogs.module.css';
import { endIntake, leavePoliciesAside, startParts, type Planned } from './intake.ts';
import { ReturnFocus } from '../parts/ReturnFocus.tsx';
import { Saying } from '../parts/Saying.tsx';
import { PlanPolicies } from './PlanPolicies.tsx';
import { refusedFiles } from './policies.ts';

const collisions: readonly Collision[] = ['keep-both', 'replace', 'skip'];

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function PlanFacts({ plan }: { plan: Plan }) {
  const { text, format } = useLanguage();
  const { enough, needed, free, folder } = plan.space;
  return (
    <>
      <dl className={styles.planFacts}>
        <Fact name={text.files.plan.files}>{format.number(plan.files)}</Fact>
        <Fact name={text.files.plan.size}>{format.size(plan.bytes)}</Fact>
      </dl>
      <p className={enough ? styles.room : styles.noRoom}>
        {enough ? <HardDrive size={16} aria-hidden="true" /> : <TriangleAlert size={16} aria-hidden="true" />}
        <span>
          {enough
            ? text.files.plan.roomEnough(format.size(free), folder)
            : `${text.files.plan.roomShort(format.size(needed - free), folder)}. ${text.files.plan.roomAdvice}`}
        </span>
      </p>
    </>
  );
}

function TakenNames({ plan }: { plan: Plan }) {
  const { text, format } = useLanguage();
  const { count, first } = plan.taken;
  const more = count - first.length;
  return (
    <>
      <p className={styles.takenTitle}>{text.files.plan.taken(count, format.number(count))}</p>
      <ul className={styles.taken}>
        {first.map((name) => (
          <li key={name}>
            <bdi>{name}</bdi>
          </li>
        ))}
        {more > 0 && <li>{text.files.plan.takenMore(format.number(more))}</li>}
      </ul>
    </>
  );
}

type CollisionProps = { count: number; value: Collision; onChange: (value: Collision) => void };

function CollisionChoice({ count, value, onChange }: CollisionProps) {
  const { text } = useLanguage();
  return (
    <Radio.Group
      label={text.files.plan.collision(count)}
      value={value}
      onChange={(answer) => {
        const known = collisions.find((one) => one === answer);
        if (known !== undefined) onChange(known);
      }}
    >
      <div className={styles.options}>
        {collisions.map((one) => (
          <Radio
            key={one}
            value={one}
            label={text.files.plan.collisions[one]}
            description={text.files.plan.collisionHints[one]}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

const isAside = ({ operation, choices }: Planned['request']): boolean =>
  operation === 'seal' && choices.withoutPolicies === true;

/** What is about to be done, before it is: shown when it is much, or when something must be decided. */
export function PlanDialog({ parts }: { parts: readonly Planned[] }) {
  const { text, format } = useLanguage();
  const [collision, setCollision] = useState<Collision>(() => currentSettings().collision);
  const [first] = parts;
  if (first === undefined) return null;
  const both = parts.length > 1;
  const operation = first.request.operation;
  const files = parts.reduce((sum, { plan }) => sum + plan.files - refusedFiles(plan), 0);
  const taken = parts.reduce((sum, { plan }) => sum + plan.taken.count, 0);
  return (
    <Modal
      opened
      size="md"
      onClose={endIntake}
      title={both ? text.files.plan.both : text.files.plan.title[operation]}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <ReturnFocus />
      <div className={styles.plan}>
        {parts.map(({ plan, request }) => (
          <section key={plan.operation} aria-label={text.files.plan.title[plan.operation]}>
            {both && <h3 className={styles.planPart}>{text.files.plan.title[plan.operation]}</h3>}
            <PlanFacts plan={plan} />
            {plan.policies !== undefined && (
              <PlanPolicies policies={plan.policies} onAside={() => void leavePoliciesAside(parts)} />
            )}
            {isAside(request) && <Saying kind="warning">{text.policy.leftAside}</Saying>}
            {plan.operation === 'seal' && <RecoveryNote />}
            {plan.taken.count > 0 && <TakenNames plan={plan} />}
          </section>
        ))}
        {files === 0 && <p className={styles.room}>{text.files.plan.nothing}</p>}
        {taken > 0 && <CollisionChoice count={taken} value={collision} onChange={setCollision} />}
        <div className={styles.dialogActions}>
          <Button variant="default" onClick={endIntake}>
            {text.common.cancel}
          </Button>
          <Button
            data-autofocus
            disabled={files === 0}
            onClick={() => void startParts(parts, taken > 0 ? collision : undefined)}
          >
            {both ? text.files.plan.startBoth : text.files.plan.start[operation](files, format.number(files))}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
