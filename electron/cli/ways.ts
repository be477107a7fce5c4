/** @file What mends an error (shared/remedies.ts), as it is typed: the command line's side of the one table. */
import type { Repair } from '../../shared/remedies.ts';
import { printable } from './escape.ts';
import { formatSize } from './format.ts';
import type { Facts } from './facts.ts';

/** What is always typed the same way; empty where it is to run the command again. */
const fixed: Record<Exclude<Repair['kind'], 'free-space' | 'sign-in' | 'show-policy'>, string> = {
  retry: '',
  'choose-key': 'choose another key with --key',
  'find-body': 'say which file it is with --body',
  'find-copy': 'name a whole copy of it with “envelope open … --body”',
  locate: 'look for it around with “envelope locate”',
  'restore-envelope':
    'restore the copy of the envelope that this computer keeps, with “envelope locate … --restore”',
  'choose-folder': 'choose another folder with --to',
  recovery: 'enter the key of a recovery sheet with --identity -',
  // A place of the window: on the command line it is one command or option for each error, which its sentence names.
  go: '',
};

function phrase(repair: Repair, facts: Facts): string {
  const { kind } = repair;
  if (kind === 'show-policy')
    return `ask the administrator of the key for kms:${printable(repair.refused.action)}`;
  if (kind === 'free-space') {
    return repair.bytes === undefined ? 'free some space' : `free ${formatSize(repair.bytes)}`;
  }
  if (kind !== 'sign-in') return fixed[kind];
  const own = 'sign in with “envelope keys aws sign-in”';
  return facts.text('startUrl') === undefined ? `${own}, aws sso login or aws login` : own;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The ways out of one error, for its sentence of what to do next. */
export class Ways {
  /** As parts of a sentence, the best first. */
  readonly phrases: readonly string[];

  constructor(repairs: readonly Repair[], facts: Facts) {
    this.phrases = repairs.map((repair) => phrase(repair, facts)).filter((one) => one !== '');
  }

  /** They are the sentence; `otherwise`, a sentence, where there is none. */
  or(otherwise: string): string {
    return this.phrases.length === 0 ? otherwise : `${capital(this.phrases.join(', or '))}.`;
  }

  /** `advice`, which is a whole sentence or several, and they as one more. */
  besides(advice: string): string {
    return this.phrases.length === 0 ? advice : `${advice} Or ${this.phrases.join(', or ')}.`;
  }

  /** `advice`, which is a sentence without its end, and they after it. */
  after(advice: string): string {
    return `${[advice, ...this.phrases].join(', or ')}.`;
  }
}
