/** @file What the buttons do that mend what failed in a change of who can open. */
import type { Grant } from '../../../shared/desktop.ts';
import type { Repair } from '../../../shared/remedies.ts';
import { showKeys } from '../../store/keys-tab.ts';
import { place } from '../../store/place.ts';
import { createStore } from '../../store/store.ts';
import { showCard } from '../files/intake.ts';

/** What is done once it is mended; and the envelope that it is about, where it is known. */
export type Mending = { again: () => Promise<void>; envelope?: () => Promise<Grant | undefined> };

export type AccessDialog = { again: () => Promise<void> } & Extract<
  Repair,
  { kind: 'recovery' | 'sign-in' | 'show-policy' }
>;

/** The one dialog that is open, if any. */
export const accessDialog = createStore<AccessDialog | undefined>(undefined);

export function closeAccessDialog(): void {
  accessDialog.set(undefined);
}

/** The halves of a pair are mended on the card of its envelope. */
const ON_CARD: readonly Repair['kind'][] = ['locate', 'restore-envelope'];

/** Whether a repair means something here: files stay where they are, and keys are chosen in the plan. */
export function isOffered({ kind }: Repair, withCard: boolean): boolean {
  if (ON_CARD.includes(kind)) return withCard;
  return ['retry', 'free-space', 'recovery', 'sign-in', 'show-policy', 'go'].includes(kind);
}

export async function mendAccess(repair: Repair, { again, envelope }: Mending): Promise<void> {
  switch (repair.kind) {
    case 'retry':
    case 'free-space':
      await again();
      break;
    case 'recovery':
    case 'sign-in':
    case 'show-policy':
      accessDialog.set({ ...repair, again });
      break;
    case 'go':
      if (repair.place === 'keys') showKeys('list');
      else place.set(repair.place);
      break;
    case 'locate':
    case 'restore-envelope': {
      const grant = await envelope?.();
      if (grant === undefined) return;
      showCard(grant);
      place.set('files');
      break;
    }
    case 'find-body':
    case 'find-copy':
    case 'choose-folder':
    case 'choose-key':
      break;
  }
}
