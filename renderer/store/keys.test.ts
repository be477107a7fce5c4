import { expect, it } from 'vitest';
import type { Client } from '../../shared/contract.ts';
import type { ListedKey } from '../../shared/desktop.ts';
import { provideClient } from '../client.ts';
import { keyNameIn } from '../../shared/key-name.ts';
import { callKeys, keys, loadLocalKeys } from './keys.ts';

it('keys that nobody has named are called by the word of the language, now and when it changes', async () => {
  const listed = (name: string): ListedKey => ({
    provider: 'local',
    key: `local:${name}`,
    name,
    canSeal: true,
    canOpen: true,
    isDefault: false,
  });
  const value = [listed('This computer'), listed('Office')];
  provideClient({
    localKeys: async () => await Promise.resolve({ ok: true, value }),
  } as Partial<Client> as Client);
  const names = (): string[] => keys.get().local.map(({ name }) => name);
  await loadLocalKeys();
  expect(names()).toEqual(['This computer', 'Office']);
  callKeys((name) => keyNameIn('这台电脑', name));
  expect(names()).toEqual(['这台电脑', 'Office']);
  await loadLocalKeys();
  expect(names()).toEqual(['这台电脑', 'Office']);
});
