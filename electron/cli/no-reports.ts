/**
 * Node writes a report of a bug, with every variable of the environment, where its options ask for one; they may stand in
 * NODE_OPTIONS for the sake of another program. Variables are where secret access keys and passphrases are.
 */
export function leaveOutVariables(): void {
  process.report.excludeEnv = true;
}
