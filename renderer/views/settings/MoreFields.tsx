/** @file The fields of a connection that few need. */
import { Button, Switch, TextInput } from '@mantine/core';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import type { ConnectionDraft } from './connection-draft.ts';
import type { FieldsProps } from './ConnectionDialog.tsx';
import styles from './settings.module.css';

type TextField =
  | 'externalId'
  | 'durationSeconds'
  | 'sessionName'
  | 'replicaRegions'
  | 'endpoint'
  | 'proxy'
  | 'callsPerSecond';

type Field = { field: TextField; label: string; hint?: string };

const moreFields: readonly (keyof ConnectionDraft)[] = [
  'externalId',
  'durationSeconds',
  'sessionName',
  'replicaRegions',
  'endpoint',
  'fips',
  'dualStack',
  'proxy',
  'callsPerSecond',
];

/** Whether a field stands here, so that what is wrong with it can be shown. */
export const isMore = (field: string): boolean => moreFields.some((one) => one === field);

function TextFields({ fields, draft, problem, onChange }: FieldsProps & { fields: readonly Field[] }) {
  return fields.map(({ field, label, hint }) => (
    <TextInput
      key={field}
      label={label}
      description={hint}
      value={draft[field]}
      error={problem(field)}
      onChange={(event) => onChange({ [field]: event.currentTarget.value })}
    />
  ));
}

function Certificates({ draft, onChange }: FieldsProps) {
  const { form } = useLanguage().text.settings;
  const choose = async (): Promise<void> => {
    const file = (await orNotice(client().pick('certificates')))?.grants[0];
    if (file !== undefined) onChange({ ca: { kind: 'picked', grant: file.id }, caName: file.name });
  };
  return (
    <div>
      <div className={styles.label}>{form.ca}</div>
      <p className={styles.hint}>{form.caHint}</p>
      <div className={styles.sideBySide}>
        <span className={styles.value}>
          {draft.ca.kind === 'none' ? form.caNone : printable(draft.caName)}
        </span>
        <Button variant="default" size="compact-sm" onClick={() => void choose()}>
          {form.caChoose}
        </Button>
        {draft.ca.kind !== 'none' && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onChange({ ca: { kind: 'none' }, caName: '' })}
          >
            {form.caRemove}
          </Button>
        )}
      </div>
    </div>
  );
}

export function MoreFields(props: FieldsProps) {
  const { form } = useLanguage().text.settings;
  const { draft, onChange } = props;
  const ofRole: readonly Field[] = [
    { field: 'externalId', label: form.externalId },
    { field: 'durationSeconds', label: form.duration },
    { field: 'sessionName', label: form.sessionName },
  ];
  return (
    <>
      {draft.kind === 'role' && <TextFields {...props} fields={ofRole} />}
      <TextFields
        {...props}
        fields={[
          { field: 'replicaRegions', label: form.replicas, hint: form.replicasHint },
          { field: 'endpoint', label: form.endpoint, hint: form.endpointHint },
        ]}
      />
      <Switch
        label={form.fips}
        description={form.fipsHint}
        checked={draft.fips}
        onChange={(event) => onChange({ fips: event.currentTarget.checked })}
      />
      <Switch
        label={form.dualStack}
        description={form.dualStackHint}
        checked={draft.dualStack}
        onChange={(event) => onChange({ dualStack: event.currentTarget.checked })}
      />
      <TextFields {...props} fields={[{ field: 'proxy', label: form.proxy, hint: form.proxyHint }]} />
      <Certificates {...props} />
      <TextFields
        {...props}
        fields={[{ field: 'callsPerSecond', label: form.calls, hint: form.callsHint }]}
      />
    </>
  );
}
