import type { Command } from 'commander';
import type { Trusted } from '../../../shared/trust.ts';
import { addNewPassphraseOption, addOutputOptions, addPassphraseOption, parseAccount } from '../options.ts';
import type { Run } from '../program.ts';
import type { SessionOptions } from '../session.ts';
import { addAwsKeys } from './keys-aws.ts';
import { addPending } from './keys-pending.ts';
import { addRecovery } from './keys-recovery.ts';
import { type RunAtHome, withHome } from './with-home.ts';

const about = `
A key is called by its name, its id (local:…, age1…, an ARN), alias/… or a KMS key id.
Passphrases are asked for on a terminal, or come from --passphrase-file and
--new-passphrase-file, or from ENVELOPE_PASSPHRASE and ENVELOPE_NEW_PASSPHRASE.

Examples:
  envelope keys
  envelope keys new work --passphrase
  envelope keys backup "This computer" key.backup
  envelope keys default work alias/team
  envelope keys recovery new --sheet sheet.pdf
  envelope keys identity colleague.txt
  envelope keys trust aws:111122223333:eu-central-1
  envelope keys aws connect company --profile company --region eu-central-1
  envelope keys aws create alias/envelope --rotate 365
  envelope keys pending --now
`;

const local = async () => await import('../keys-local.ts');
const list = async () => await import('../keys-list.ts');
const trusting = async () => await import('../keys-trust.ts');

/** Adds `envelope keys` and everything below it. */
export function addKeys(program: Command, run: Run): void {
  const keys = program.command('keys').description('list, make, name and keep keys');
  keys.addHelpText('after', about);
  const atHome = withHome(run);
  addList(keys, atHome);
  addLocalKeys(keys, atHome);
  addKeeping(keys, atHome);
  addTrust(keys, atHome);
  addRecovery(keys, atHome);
  addAwsKeys(keys, atHome);
  addPending(keys, run);
}

function addList(keys: Command, atHome: RunAtHome): void {
  const listing = keys.command('list', { isDefault: true }).description('list the keys of this computer');
  addOutputOptions(listing).action(async (options: SessionOptions) => {
    await atHome(options, async (session, home) => await (await list()).listKeys(session, home));
  });
  const rename = keys.command('rename').description('call a key by another name').arguments('<key> <name>');
  addOutputOptions(rename).action(async (key: string, name: string, options: SessionOptions) => {
    await atHome(options, async (session, home) => await (await list()).renameKey(session, home, key, name));
  });
  const standard = keys
    .command('default')
    .description('choose the keys that seal when none is given')
    .arguments('<key...>');
  addOutputOptions(standard).action(async (chosen: string[], options: SessionOptions) => {
    await atHome(
      options,
      async (session, home) => await (await list()).chooseDefaults(session, home, chosen),
    );
  });
}

function addTrust(keys: Command, atHome: RunAtHome): void {
  const trust = keys
    .command('trust')
    .description('let an AWS account be called whenever an envelope names it; without one, list those')
    .argument('[partition:number:region]', 'such as aws:111122223333:eu-central-1, or with *', parseAccount);
  addOutputOptions(trust).action(async (account: Trusted | undefined, options: SessionOptions) => {
    await atHome(options, async (session, home) => {
      const { listTrusted, trust } = await trusting();
      return await (account === undefined ? listTrusted(session, home) : trust(session, home, account));
    });
  });
  const untrust = keys
    .command('untrust')
    .description('be asked again before an AWS account is called')
    .argument('<partition:number:region>', 'without a region: the account in all of them', parseAccount);
  addOutputOptions(untrust).action(async (account: Trusted, options: SessionOptions) => {
    await atHome(options, async (session, home) => await (await trusting()).untrust(session, home, account));
  });
}

function addLocalKeys(keys: Command, atHome: RunAtHome): void {
  const fresh = keys
    .command('new')
    .description('make a local key')
    .argument('<name>')
    .option('--passphrase', 'protect it by a passphrase, not only by the permissions of its file');
  addNewPassphraseOption(addPassphraseOption(addOutputOptions(fresh))).action(
    async (name: string, options: SessionOptions & { passphrase?: boolean }) => {
      const protection = options.passphrase === true ? 'passphrase' : 'file';
      await atHome(
        options,
        async (session, home) => await (await local()).newKey(session, home, name, protection),
      );
    },
  );
  const protect = keys
    .command('protect')
    .description('keep a local key in another way, or under another passphrase')
    .argument('<key>')
    .option('--passphrase', 'by a passphrase')
    .option('--file-permissions', 'by the permissions of its file only');
  addNewPassphraseOption(addPassphraseOption(addOutputOptions(protect))).action(
    async (key: string, options: SessionOptions & { passphrase?: boolean; filePermissions?: boolean }) => {
      if (options.passphrase === options.filePermissions) {
        protect.error('error: choose either --passphrase or --file-permissions');
      }
      const protection = options.passphrase === true ? 'passphrase' : 'file';
      await atHome(
        options,
        async (session, home) => await (await local()).protectKey(session, home, key, protection),
      );
    },
  );
}

function addKeeping(keys: Command, atHome: RunAtHome): void {
  const backup = keys
    .command('backup')
    .description('write a local key to a new file, under a passphrase of its own')
    .arguments('<key> <file>');
  addNewPassphraseOption(addPassphraseOption(addOutputOptions(backup))).action(
    async (key: string, file: string, options: SessionOptions) => {
      await atHome(
        options,
        async (session, home) => await (await local()).backUpKey(session, home, key, file),
      );
    },
  );
  const restore = keys.command('restore').description('take a key in from its backup').argument('<file>');
  addPassphraseOption(addOutputOptions(restore)).action(async (file: string, options: SessionOptions) => {
    await atHome(options, async (session, home) => await (await local()).restoreKey(session, home, file));
  });
  const identity = keys
    .command('identity')
    .description('make an age identity in a file, and print its recipient')
    .argument('<file>', 'a new file, to be kept in a safe place');
  addOutputOptions(identity).action(async (file: string, options: SessionOptions) => {
    await atHome(options, async (session) => await (await local()).newIdentityFile(session, file));
  });
}
