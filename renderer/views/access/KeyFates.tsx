import { NativeSelect } from '@mantine/core';
import { Cloud, KeyRound, UserRound } from 'lucide-react';
import type { AccessFound } from '../../../shared/access-view.ts';
import type { FoundKey } from '../../../shared/rewrap.ts';
import { change, draft, type Fate } from '../../store/access-draft.ts';
import { keys } from '../../store/keys.ts';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { keyGroups } from '../choices/key-options.ts';
import parts from '../parts/parts.module.css';
import styles from './access.module.css';
import type { TitleOf } from './key-title.ts';

const BY = 'by ';

const valueOf = (fate: Fate | undefined): string =>
  fate === undefined ? 'stays' : fate.kind === 'replaced' ? BY + fate.by : fate.kind;

function fateOf(value: string): Fate {
  if (value.startsWith(BY)) return { kind: 'replaced', by: value.slice(BY.length) };
  return { kind: value === 'goes' ? 'goes' : 'stays' };
}

/** Keys that can take the place of another: those of the seal line, the recovery key, and those that were typed. */
function Replacements({ of, titleOf }: { of: string; titleOf: TitleOf }) {
  const { text } = useLanguage();
  const list = useStore(keys);
  const { typed } = useStore(draft);
  const recovery = useStore(settings)?.settings.recovery.key?.recipient;
  const others = [...(recovery === undefined ? [] : [recovery]), ...typed].filter((key) => key !== of);
  return (
    <>
      {keyGroups(list, '').map(({ connection, keys: some }) => {
        const usable = some.filter(({ canSeal, key }) => canSeal && key !== of);
        if (usable.length === 0) return null;
        return (
          <optgroup
            key={connection ?? ''}
            label={`${text.access.replacedBy}: ${connection ?? text.files.keysLocal}`}
          >
            {usable.map(({ key, name }) => (
              <option key={key} value={BY + key}>
                {text.access.by(name)}
              </option>
            ))}
          </optgroup>
        );
      })}
      {others.length > 0 && (
        <optgroup label={`${text.access.replacedBy}: ${text.access.otherKey}`}>
          {others.map((key) => (
            <option key={key} value={BY + key}>
              {text.access.by(titleOf(key))}
            </option>
          ))}
        </optgroup>
      )}
    </>
  );
}

function KeyFate({ found, titleOf }: { found: FoundKey; titleOf: TitleOf }) {
  const { text, format } = useLanguage();
  const { fates } = useStore(draft);
  const { provider, key, envelopes } = found;
  const title = titleOf(key);
  const Icon = provider === 'aws-kms' ? Cloud : provider === 'age' ? UserRound : KeyRound;
  const kind = text.health.kinds[provider];
  return (
    <li className={`${parts.row} ${styles.key}`}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className={parts.rowText}>
        <div className={parts.rowTitle}>{title}</div>
        <div>
          {[
            ...(kind === undefined ? [] : [kind]),
            text.access.inEnvelopes(envelopes, format.number(envelopes)),
          ].join(' · ')}
        </div>
        {title !== printable(key) && <div className={parts.identifier}>{printable(key)}</div>}
      </div>
      <NativeSelect
        className={styles.fate}
        aria-label={text.access.fate(title)}
        value={valueOf(fates[key])}
        onChange={(event) => {
          change({ fates: { ...fates, [key]: fateOf(event.currentTarget.value) } });
        }}
      >
        <option value="stays">{text.access.stays}</option>
        <option value="goes">{text.access.goes}</option>
        <Replacements of={key} titleOf={titleOf} />
      </NativeSelect>
    </li>
  );
}

/** The keys that stand in the envelopes now, each with what becomes of it. */
export function KeyFates({ found, titleOf }: { found: AccessFound; titleOf: TitleOf }) {
  const { text, format } = useLanguage();
  return (
    <>
      <ul className={`${parts.rows} ${styles.keys}`}>
        {found.keys.map((key) => (
          <KeyFate key={`${key.provider} ${key.key}`} found={key} titleOf={titleOf} />
        ))}
      </ul>
      {found.moreKeys > 0 && (
        <p className={parts.quiet}>{text.access.moreKeys(found.moreKeys, format.number(found.moreKeys))}</p>
      )}
    </>
  );
}
