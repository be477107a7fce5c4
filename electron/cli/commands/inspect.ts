import type { Command } from 'commander';
import { EnvelopeError, type ErrorCode } from '../../../shared/errors.ts';
import { exitCodeOfAll } from '../exit-code.ts';
import type { NameOf } from '../key-names.ts';
import { addOutputOptions, collect, type OutputOptions } from '../options.ts';
import type { Run } from '../program.ts';
import type { Session } from '../session.ts';

const notes = `
No key is used and no network. What an envelope says could have been written by anyone
until a key has verified it: “envelope verify” does that. The exit code also tells
whether a body is missing (1) or has a wrong length (4).

Examples:
  envelope inspect report.pdf.envelope
  envelope inspect *.envelope --json
`;

/** Adds `envelope inspect`. */
export function addInspect(program: Command, run: Run): void {
  const command = program
    .command('inspect')
    .description('show what envelopes say, without any key')
    .argument('<file...>', 'envelopes, or their bodies', collect);
  addOutputOptions(command);
  command.addHelpText('after', notes).action(async (files: string[], options: OutputOptions) => {
    await run(options, async (session) => await inspectAll(session, files));
  });
}

async function inspectAll(session: Session, files: string[]): Promise<number> {
  const { inspect } = await import('../inspection.ts');
  const { inspectionLines, inspectionRecord } = await import('../inspection-text.ts');
  const nameOf = await keyNames();
  const failures: ErrorCode[] = [];
  for (const file of files) {
    if (session.signal.aborted) break;
    try {
      const inspection = await inspect(file, nameOf);
      const waiting = await waitingFor(inspection.envelope.header.id);
      session.result(inspectionLines(inspection, waiting).join('\n'), inspectionRecord(inspection, waiting));
      if (inspection.body.state === 'wrong') failures.push(inspection.body.error.code);
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error;
      session.fail(error, file);
      failures.push(error.code);
    }
  }
  return exitCodeOfAll(failures);
}

/** The KMS keys that are still to be added to an envelope that was sealed here. */
async function waitingFor(id: string): Promise<string[]> {
  const [{ findPlaces }, { WaitingList }] = await Promise.all([
    import('../../settings/places.ts'),
    import('../../waiting/waiting-list.ts'),
  ]);
  const note = await new WaitingList(findPlaces().waitingFolder).get(id);
  return note?.keys.map(({ key }) => key) ?? [];
}

/** Unreadable settings are no reason not to look at a file; its keys then have no names. */
async function keyNames(): Promise<NameOf> {
  const [{ readKeyNames }, { findPlaces }, { SettingsStore }, { LocalStore }] = await Promise.all([
    import('../key-names.ts'),
    import('../../settings/places.ts'),
    import('../../settings/store.ts'),
    import('../../keys/local-store.ts'),
  ]);
  const { settingsFile, keysFolder } = findPlaces();
  try {
    return await readKeyNames(new SettingsStore(settingsFile), new LocalStore(keysFolder));
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    return () => undefined;
  }
}
