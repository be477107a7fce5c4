/** @file Which groups a file is told in: by what is wrong with it and, where that is its keys' doing, by key. */
import { type HealthFile, healthProblems } from '../../shared/health.ts';
import { type HealthGroup, keyGroups } from '../../shared/health-view.ts';

export function groupsOf({ problem, keys, alone }: HealthFile): string[] {
  const groups: string[] = problem === undefined ? [] : [problem];
  if (problem === 'closed' || problem === 'unsure') {
    for (const { key } of keys) groups.push(`${problem} ${key}`);
  }
  // What hangs on it alone is told as that.
  const ending = problem === undefined ? keys.filter(({ key, ends }) => ends === true && key !== alone) : [];
  for (const { key } of ending) groups.push(`ending ${key}`);
  if (alone !== undefined) groups.push(`alone ${alone}`);
  return groups;
}

/** What a group's id says. */
export function groupOf({ id, ...counts }: { id: string; files: number; listed: number }): HealthGroup {
  const [word, key] = id.split(' ');
  const kind = [...healthProblems, ...keyGroups].find((known) => known === word);
  if (kind === undefined) throw new Error(`not a group: ${id}`);
  return {
    id,
    kind,
    ...(key === undefined ? {} : { key: Number(key) }),
    ...counts,
  };
}
