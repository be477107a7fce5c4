/** @file What is said of a key in the list: how it is kept, where it lives, what it can do. */
import type { KeyStoreState, ListedKey } from '../../../shared/desktop.ts';
import type { KeysText } from '../../text/keys.en.ts';
import { printable } from '../../text/printable.ts';
import type { TestRun } from '../settings/test-steps.ts';

/** How a local key is kept, said truthfully; whose a recipient is. */
export function protectionFact(key: ListedKey, keyStore: KeyStoreState, text: KeysText): string {
  if (key.provider === 'age') return text.recipient;
  if (key.protection === 'file' && key.readableByOthers === true) return text.readableByOthers;
  if (key.protection === 'os') {
    return text.protections.os(key.canOpen && keyStore.kind === 'real' ? keyStore.name : undefined);
  }
  return text.protections[key.protection ?? 'file'];
}

/** Where a KMS key lives, and whether its material rotates. */
export function cloudFacts(key: ListedKey, text: KeysText): string[] {
  const rotation =
    key.rotation === undefined ? text.rotationUnknown : key.rotation ? text.rotates : text.rotatesNot;
  return [
    ...(key.region === undefined ? [] : [text.region(printable(key.region))]),
    ...(key.account === undefined ? [] : [text.account(printable(key.account))]),
    ...(key.multiRegion === true ? [text.multiRegion] : []),
    rotation,
  ];
}

/** What the KMS has answered to dry runs; `unsaid`: to none of the two, for something came before. */
export type Rights = 'both' | 'seal' | 'open' | 'none' | 'unsaid';

/** Undefined before it was asked, and until all is answered. Only a refusal is a no: a KMS that is silent has not said so. */
export function rightsOf({ running, outcomes }: TestRun): Rights | undefined {
  if (running || Object.keys(outcomes).length === 0) return undefined;
  const said = [outcomes.generate, outcomes.decrypt].map((outcome) => {
    if (outcome?.ok === true) return 'may';
    return outcome?.error.code === 'kms-access-denied' ? 'may not' : 'unsaid';
  });
  if (said.includes('unsaid')) return 'unsaid';
  const [seal, open] = said;
  if (seal === 'may') return open === 'may' ? 'both' : 'seal';
  return open === 'may' ? 'open' : 'none';
}

/** What a KMS key can do in its state. */
export function usesFact({ canSeal, canOpen }: ListedKey, text: KeysText): string {
  if (canSeal && canOpen) return text.uses.both;
  if (canSeal) return text.uses.seal;
  return canOpen ? text.uses.open : text.uses.none;
}

export const stateName = (state: string, text: KeysText): string => text.states[state] ?? printable(state);
