import type { Repair } from '../../../shared/remedies.ts';
import type { InLanguage } from '../../text/useLanguage.tsx';

/** What the button of a repair says. */
export function repairLabel(repair: Repair, { text, format }: Pick<InLanguage, 'text' | 'format'>): string {
  const words = text.files.repair;
  switch (repair.kind) {
    case 'retry':
      return words.retry;
    case 'choose-key':
      return words.chooseKey;
    case 'locate':
      return words.locate;
    case 'restore-envelope':
      return words.restoreEnvelope;
    case 'recovery':
      return text.recovery.enter;
    case 'find-body':
      return words.findBody;
    case 'find-copy':
      return words.findCopy;
    case 'choose-folder':
      return words.chooseFolder;
    case 'free-space':
      return repair.bytes === undefined ? words.freeSpace : words.freeThisSpace(format.size(repair.bytes));
    case 'sign-in':
      return words.signIn;
    case 'show-policy':
      return words.showPolicy;
    case 'go':
      return words[repair.place];
  }
}
