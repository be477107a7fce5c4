/** @file One attack on a pair: which of its two files is changed, and how, as a seed chooses. */
import { byteChanges, oneOf, type Random } from './bytes.ts';
import { memberChanges, textChanges } from './members.ts';
import type { Victim } from './victims.ts';

export type Attack = { what: string; envelope: Buffer; body: Buffer };

const parse = ({ envelope }: Victim) =>
  JSON.parse(envelope.toString('utf8')) as Parameters<(typeof memberChanges)[string]>[0];

const written = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

function changeMembers({ envelope, body }: Victim, other: Victim, random: Random): Attack {
  const name = oneOf(random, Object.keys(memberChanges));
  const parts = parse({ name: '', envelope, body });
  memberChanges[name]?.(parts, random, parse(other));
  return { what: `envelope: ${name}`, envelope: written(parts), body };
}

function changeText({ envelope, body }: Victim, _other: Victim, random: Random): Attack {
  const name = oneOf(random, Object.keys(textChanges));
  const changed = textChanges[name]?.(envelope.toString('utf8'), random) ?? '';
  return { what: `envelope: ${name}`, envelope: Buffer.from(changed), body };
}

function changeBytes(victim: Victim, other: Victim, random: Random): Attack {
  const name = oneOf(random, Object.keys(byteChanges));
  const part = oneOf(random, ['envelope', 'body'] as const);
  const changed = byteChanges[name]?.(victim[part], random, other[part]) ?? Buffer.alloc(0);
  return { what: `${part}: ${name}`, envelope: victim.envelope, body: victim.body, [part]: changed };
}

export function attackOn(victim: Victim, other: Victim, random: Random): Attack {
  return oneOf(random, [changeMembers, changeText, changeBytes, changeBytes])(victim, other, random);
}

/**
 * Whether a pair says and holds what the victim does, so that opening it is right: only its list of keys, or white space,
 * was changed (FORMAT.md sections 2 and 4).
 */
export function isHarmless(attack: Attack, victim: Victim): boolean {
  if (!attack.body.equals(victim.body)) return false;
  try {
    const [now, before] = [attack.envelope, victim.envelope].map(
      (bytes) => JSON.parse(bytes.toString('utf8')) as Record<string, unknown>,
    );
    return ['format', 'header', 'mac'].every(
      (member) => JSON.stringify(now?.[member]) === JSON.stringify(before?.[member]),
    );
  } catch {
    return false;
  }
}
