const rules = new Intl.PluralRules('en');

/** `1 file`, `1,200 files`. @param number `count` as it is written */
export function counted(count: number, number: string, one: string, many: string): string {
  return `${number} ${rules.select(count) === 'one' ? one : many}`;
}
