import type { Command } from 'commander';
import {
  addConnectionOptions,
  addOutputOptions,
  collectRegion,
  type ConnectionOptions,
  parseRegion,
  wholeNumber,
} from '../options.ts';
import type { SessionOptions } from '../session.ts';
import type { RunAtHome } from './with-home.ts';

/** What `connect` can say of a connection. No secret: those are asked for, or found where AWS keeps them. */
export type ConnectOptions = {
  profile?: string;
  region?: string;
  replicaRegion?: string[];
  endpoint?: string;
  fips?: boolean;
  proxy?: string;
  caFile?: string;
  role?: string;
  mfaSerial?: string;
  ssoStartUrl?: string;
  ssoRegion?: string;
  ssoAccount?: string;
  ssoRole?: string;
};

export type CreateOptions = { multiRegion?: boolean; rotate?: number; description?: string; yes?: boolean };

type Options = SessionOptions & ConnectionOptions;

const aws = async () => await import('../keys-aws.ts');

/** Adds `envelope keys aws`. */
export function addAwsKeys(keys: Command, atHome: RunAtHome): void {
  const parent = keys.command('aws').description('keys of AWS KMS and how to reach them');
  addKmsKeys(parent, atHome);
  addSignIn(parent, atHome);
  addConnections(parent, atHome);
}

function addKmsKeys(parent: Command, atHome: RunAtHome): void {
  const list = parent.command('list').description('list the aliases of the account and region');
  addConnectionOptions(addOutputOptions(list)).action(async (options: Options) => {
    await atHome(options, async (session, home) => await (await aws()).listKmsKeys(session, home));
  });
  const create = parent
    .command('create')
    .description('make a KMS key, which costs about 1 US dollar a month for as long as it exists')
    .argument('<alias>', 'its alias: team, or alias/team')
    .option('--multi-region', 'let it have replicas in other regions; cannot be changed later')
    .option('--rotate <days>', 'rotate its material every so many days (90 to 2560)', wholeNumber(90, 2560))
    .option('--description <text>', 'what it is for, as the AWS console shows it', 'Envelope')
    .option('-y, --yes', 'do not ask whether it may cost money');
  addConnectionOptions(addOutputOptions(create)).action(
    async (alias: string, options: Options & CreateOptions) => {
      await atHome(options, async (session, home) => {
        return await (await aws()).createKmsKey(session, home, alias, options);
      });
    },
  );
  const test = parent
    .command('test')
    .description('try a connection step by step, and with a key what you may do with it')
    .argument('[key]', 'alias/…, id or ARN');
  addConnectionOptions(addOutputOptions(test)).action(async (key: string | undefined, options: Options) => {
    await atHome(options, async (session, home) => await (await aws()).testKms(session, home, key));
  });
}

const signInHelp = `
For credentials of IAM Identity Center: a profile of ~/.aws with sso_session or
sso_start_url, or a connection with --sso-start-url. The page is opened in a browser, on
any computer. The session is shared with the AWS tools: who has signed in with
“aws sso login” is signed in here, and the other way round.

Examples:
  envelope keys aws sign-in                         for the first connection that signs in
  envelope keys aws sign-in --profile company
  envelope keys aws connect company --sso-start-url https://d-1234567890.awsapps.com/start \\
    --sso-region eu-central-1 --sso-account 111122223333 --sso-role Sealer --region eu-central-1
`;

function addSignIn(parent: Command, atHome: RunAtHome): void {
  const signIn = parent.command('sign-in').description('sign in at IAM Identity Center with a browser');
  signIn
    .option('--connection <name>', 'for this connection of “envelope keys aws connect”')
    .option('--profile <name>', 'for this profile of ~/.aws')
    .option('--endpoint <url>', 'an emulator on this computer')
    .addHelpText('after', signInHelp);
  addOutputOptions(signIn).action(async (options: Options) => {
    await atHome(options, async (session, home) => {
      return await (await import('../sign-in.ts')).signInAws(session, home);
    });
  });
}

function addConnections(parent: Command, atHome: RunAtHome): void {
  const connect = parent
    .command('connect')
    .description('save how to reach a KMS; no secret is stored')
    .argument('<name>', 'what you call the connection')
    .option('--profile <name>', 'a profile of ~/.aws; without it AWS’s own search is used')
    .option('--region <region>', 'the region of keys whose name does not say it', parseRegion)
    .option(
      '--replica-region <region>',
      'a region with replicas of your multi-Region keys, tried where the home region does not answer (repeatable)',
      collectRegion,
    )
    .option('--endpoint <url>', 'another address of the KMS (https, or http on this computer)')
    .option('--fips', 'use FIPS endpoints')
    .option('--proxy <url>', 'an http or https proxy; without a password in it')
    .option('--ca-file <file>', 'a PEM file with certificates to trust beside the usual ones')
    .option('--role <arn>', 'assume this role, with the credentials of --profile')
    .option('--mfa-serial <serial>', 'the MFA device whose code the role asks for')
    .option('--sso-start-url <url>', 'sign in at IAM Identity Center: the address of the access portal')
    .option('--sso-region <region>', 'the region of IAM Identity Center', parseRegion)
    .option('--sso-account <number>', 'the account to use, 12 digits')
    .option('--sso-role <name>', 'the role to use, as the access portal calls it');
  addOutputOptions(connect).action(async (name: string, options: SessionOptions & ConnectOptions) => {
    if (options.mfaSerial !== undefined && options.role === undefined) {
      connect.error('error: --mfa-serial needs --role; a profile names its device itself');
    }
    const { ssoStartUrl, ssoRegion, ssoAccount, ssoRole } = options;
    const sso = [ssoStartUrl, ssoRegion, ssoAccount, ssoRole].filter((value) => value !== undefined);
    if (sso.length % 4 !== 0) {
      connect.error('error: --sso-start-url, --sso-region, --sso-account and --sso-role go together');
    }
    if (sso.length > 0 && (options.profile !== undefined || options.role !== undefined)) {
      connect.error(
        'error: --sso-start-url is not for --profile and --role, which have credentials of their own',
      );
    }
    // These describe the connection that is saved and are none of this run.
    await atHome(outputOf(options), async (session, home) => {
      return await (await aws()).connect(session, home, name, options);
    });
  });
  const disconnect = parent.command('disconnect').description('forget a connection').argument('<name>');
  addOutputOptions(disconnect).action(async (name: string, options: SessionOptions) => {
    await atHome(options, async (session, home) => await (await aws()).disconnect(session, home, name));
  });
}

const outputOf = ({ json, quiet }: SessionOptions): SessionOptions => ({
  ...(json === undefined ? {} : { json }),
  ...(quiet === undefined ? {} : { quiet }),
});
