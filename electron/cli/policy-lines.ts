/** @file A policy as lines for a person. */
import path from 'node:path';
import type { PlanPolicy, PolicyKey } from '../../shared/policy.ts';
import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';
import { explain } from './explain.ts';
import { count } from './format.ts';

const states: Record<PolicyKey['state'], string> = {
  yours: '',
  agreed: ' (not yours; agreed to)',
  asked: ' (not yours)',
  missing: ' (you have no key of this name)',
};

export function keyText({ spec, name, state }: PolicyKey): string {
  const title =
    name === undefined || name === spec ? printable(spec) : `${printable(name)}, ${printable(spec)}`;
  return `${title}${states[state]}`;
}

/** What a policy says, without what it leaves open. */
export function ruleTexts({ path: file = '', keys, labels, hideNames, output }: PlanPolicy): string[] {
  const label = Object.entries(labels).map(([name, value]) => printable(`${name}=${value}`));
  return [
    ...(keys.length === 0 ? [] : [`keys ${keys.map(keyText).join(', ')}`]),
    ...(label.length === 0 ? [] : [`labels ${label.join(', ')}`]),
    ...(hideNames === undefined ? [] : [hideNames ? 'names hidden' : 'names readable']),
    ...(output === undefined ? [] : [`results in ${printable(path.relative(path.dirname(file), output))}`]),
  ];
}

/** One line for each group of files, and why some will not be sealed. */
export function policyLines(group: PlanPolicy): string[] {
  if (group.path === undefined) return [`without a policy: ${count(group.files, 'file')}`];
  const rules = ruleTexts(group);
  const text = rules.length === 0 ? 'nothing is asked for' : rules.join('; ');
  const line = `by the policy of ${displayPath(group.path)}: ${text} (${count(group.files, 'file')})`;
  if (group.error === undefined) return [line];
  return [...(group.keys.length === 0 ? [] : [line]), ...explain(group.error)];
}
