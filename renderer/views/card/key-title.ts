import type { CardKey } from '../../../shared/desktop.ts';
import type { CardText } from '../../text/card.en.ts';
import { printable } from '../../text/printable.ts';

/** What a key is called here, else what it claims to be: its name in an envelope is a claim, not a fact. */
export function keyTitle(key: CardKey, text: CardText): string {
  if (key.state === 'unknown') return text.unknownKind(printable(key.provider));
  if (key.name !== undefined) return printable(key.name);
  if (key.state === 'damaged' || key.key === undefined) return text.damagedKey;
  return text.saysKey(printable(key.key));
}

/** `AWS KMS key, region eu-central-1, account 1111…`: what kind of key it is, and where. */
export function keyKind(key: CardKey, text: CardText): string[] {
  const kind = text.keyKinds[key.provider];
  return [
    ...(kind === undefined ? [] : [kind]),
    ...(key.region === undefined ? [] : [text.inRegion(printable(key.region))]),
    ...(key.account === undefined ? [] : [text.ofAccount(printable(key.account))]),
  ];
}
