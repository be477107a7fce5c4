/** @file Choosing account and role from those that a person may use, instead of typing them. */
import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { ConnectionForm, Result } from '../../../shared/contract.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import { DRAFT, type SsoAccount } from '../../../shared/sign-in.ts';
import { client, orNotice } from '../../client.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import { SignInPanel } from './SignInPanel.tsx';

type SsoChoiceProps = {
  /** What the form holds; undefined while start URL and region cannot be used. */
  form: ConnectionForm | undefined;
  account: string;
  role: string;
  onChoose: (chosen: { account?: string; role?: string }) => void;
};

type Lists = { accounts: readonly SsoAccount[]; roles: readonly string[] };

function useLists({ form, account, onChoose }: SsoChoiceProps) {
  const [lists, setLists] = useState<Lists>();
  const [error, setError] = useState<ErrorRecord>();
  const loadRoles = async (of: string): Promise<readonly string[]> => {
    if (form === undefined || of === '') return [];
    const found = await client().ssoRoles(form, of);
    if (found.ok) return found.value;
    setError(found.error);
    return [];
  };
  const load = async (): Promise<Result<unknown> | undefined> => {
    if (form === undefined) return undefined;
    const found = await client().ssoAccounts(form);
    if (found.ok) {
      setError(undefined);
      const [only] = found.value.length === 1 ? found.value : [];
      const chosen = only?.account ?? account;
      if (only !== undefined) onChoose({ account: only.account });
      setLists({ accounts: found.value, roles: await loadRoles(chosen) });
    } else if (found.error.code !== 'credentials-expired') setError(found.error);
    return found;
  };
  const choose = async (of: string): Promise<void> => {
    onChoose({ account: of, role: '' });
    const roles = await loadRoles(of);
    setLists((now) => now && { ...now, roles });
    if (roles.length === 1) onChoose({ role: roles[0] ?? '' });
  };
  return { lists, error, load, choose };
}

/** First whoever has signed in already is asked; only else does the browser open. */
export function SsoChoice(props: SsoChoiceProps) {
  const { form, account, role, onChoose } = props;
  const { text } = useLanguage();
  const words = text.signIn;
  const { lists, error, load, choose } = useLists(props);
  const begin = async (): Promise<void> => {
    const found = await load();
    if (form === undefined || found === undefined || found.ok) return;
    if (found.error.code === 'credentials-expired') await orNotice(client().signInDraft(form));
  };
  return (
    <>
      {form !== undefined && (
        <SignInPanel
          connection={DRAFT}
          action={lists === undefined ? words.choose : words.chooseAgain}
          onBegin={() => void begin()}
          onDone={() => void load()}
        />
      )}
      {error !== undefined && <ErrorNote error={error} />}
      {lists !== undefined && (
        <>
          <NativeSelect
            label={words.accounts}
            value={lists.accounts.some((one) => one.account === account) ? account : ''}
            onChange={(event) => void choose(event.currentTarget.value)}
          >
            <option value="">{words.accountChoose}</option>
            {lists.accounts.map((one) => (
              <option key={one.account} value={one.account}>
                {words.accountNamed(printable(one.name), one.account)}
              </option>
            ))}
          </NativeSelect>
          <NativeSelect
            label={words.roles}
            value={lists.roles.includes(role) ? role : ''}
            disabled={lists.roles.length === 0}
            onChange={(event) => onChoose({ role: event.currentTarget.value })}
          >
            <option value="">{words.roleChoose}</option>
            {lists.roles.map((one) => (
              <option key={one} value={one}>
                {printable(one)}
              </option>
            ))}
          </NativeSelect>
        </>
      )}
    </>
  );
}
