/** @file The order in which people list names: “Floor 2” before “Floor 10”, letters as the user's language has them. */
const collator = new Intl.Collator(undefined, { numeric: true });

/** For `sort`. Names that read the same but are not, such as two forms of an accent, keep an order too. */
export function naturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}
