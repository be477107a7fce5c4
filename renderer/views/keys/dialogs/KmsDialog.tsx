import { Anchor, Checkbox, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { client, orNotice } from '../../../client.ts';
import { loadKeys } from '../../../store/keys.ts';
import { notice } from '../../../store/notices.ts';
import { printable } from '../../../text/printable.ts';
import { useLanguage } from '../../../text/useLanguage.tsx';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { Saying } from '../../parts/Saying.tsx';
import styles from '../keys.module.css';
import { kmsKeyOf, kmsProblems, newKmsDraft, type KmsDraft } from '../kms-draft.ts';

type FieldsProps = {
  draft: KmsDraft;
  problem: (field: keyof KmsDraft) => string | undefined;
  onChange: (change: Partial<KmsDraft>) => void;
};

function Cost() {
  const { dialogs } = useLanguage().text.keys;
  return (
    <Saying kind="warning">
      <p>{dialogs.kmsCost}</p>
      <Anchor
        component="button"
        size="sm"
        type="button"
        onClick={() => void orNotice(client().openLink('kms-pricing'))}
      >
        {dialogs.kmsPrices} <ExternalLink size={14} aria-hidden="true" />
      </Anchor>
    </Saying>
  );
}

function NameFields({ draft, problem, onChange }: FieldsProps) {
  const { dialogs } = useLanguage().text.keys;
  return (
    <>
      <TextInput
        data-autofocus
        label={dialogs.kmsAlias}
        description={dialogs.kmsAliasHint}
        leftSection={
          <span className={styles.prefix} aria-hidden="true">
            alias/
          </span>
        }
        leftSectionWidth={52}
        value={draft.alias}
        error={problem('alias')}
        onChange={(event) => onChange({ alias: event.currentTarget.value })}
      />
      <Textarea
        label={dialogs.kmsDescription}
        description={dialogs.kmsDescriptionHint}
        value={draft.description}
        error={problem('description')}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
    </>
  );
}

function KindFields({ draft, problem, onChange }: FieldsProps) {
  const { dialogs } = useLanguage().text.keys;
  return (
    <>
      <Switch
        label={dialogs.kmsRotation}
        description={dialogs.kmsRotationHint}
        checked={draft.rotation}
        onChange={(event) => onChange({ rotation: event.currentTarget.checked })}
      />
      {draft.rotation && (
        <TextInput
          label={dialogs.kmsRotationDays}
          inputMode="numeric"
          value={draft.rotationDays}
          error={problem('rotationDays')}
          onChange={(event) => onChange({ rotationDays: event.currentTarget.value })}
        />
      )}
      <Switch
        label={dialogs.kmsMultiRegion}
        description={dialogs.kmsMultiRegionHint}
        checked={draft.multiRegion}
        onChange={(event) => onChange({ multiRegion: event.currentTarget.checked })}
      />
    </>
  );
}

/** Costs first, and no key without a yes to them. */
export function KmsDialog({ connections, onClose }: { connections: readonly string[]; onClose: () => void }) {
  const { dialogs } = useLanguage().text.keys;
  const [draft, setDraft] = useState(() => newKmsDraft(connections[0] ?? ''));
  const [tried, setTried] = useState(false);
  const problems = kmsProblems(draft);
  const fields: FieldsProps = {
    draft,
    problem: (field) => {
      const found = tried ? problems[field] : undefined;
      return found === undefined ? undefined : dialogs.problems[found];
    },
    onChange: (change) => setDraft((now) => ({ ...now, ...change })),
  };
  return (
    <FormDialog
      title={dialogs.kms}
      action={dialogs.create}
      wide
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (Object.keys(problems).length > 0 || !draft.agreed) return undefined;
        return client().createKmsKey(kmsKeyOf(draft));
      }}
      onDone={(key) => {
        onClose();
        notice('info', (now) => now.keys.dialogs.kmsCreated(printable(key.name)));
        void loadKeys();
      }}
    >
      <Cost />
      {connections.length > 1 && (
        <NativeSelect
          label={dialogs.kmsConnection}
          data={[...connections]}
          value={draft.connection}
          onChange={(event) => fields.onChange({ connection: event.currentTarget.value })}
        />
      )}
      <NameFields {...fields} />
      <KindFields {...fields} />
      <Checkbox
        label={dialogs.kmsAgree}
        checked={draft.agreed}
        error={tried && !draft.agreed ? dialogs.kmsAgreeFirst : undefined}
        onChange={(event) => fields.onChange({ agreed: event.currentTarget.checked })}
      />
    </FormDialog>
  );
}
