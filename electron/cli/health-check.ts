/** @file The keys, connections and engine of this user for a look at the health of envelopes. */
import type { HealthSummary } from '../../shared/health.ts';
import type { Trusted } from '../../shared/trust.ts';
import { verify } from '../envelope/verify.ts';
import type { AskAgain } from '../health/kms-desk.ts';
import { checkHealth, type HealthParts } from '../health/scan.ts';
import { accountApproval } from './approve-account.ts';
import { CliEngine } from './engine.ts';
import type { HealthReport } from './health-report.ts';
import { Home, type HomeOptions } from './home.ts';
import { readKeyNames } from './key-names.ts';
import type { Session } from './session.ts';
import { signInAgain } from './sign-in.ts';

/** A key is asked for all files that name it. */
const noItem = { index: 0, path: '', size: 0 };

export type CheckOptions = HomeOptions & { deep?: boolean; trustAccount?: readonly Trusted[] };

/** @throws EnvelopeError of the settings, of identity files; `cancelled` */
export async function checkWith(
  session: Session,
  options: CheckOptions,
  paths: readonly string[],
  report: HealthReport,
): Promise<HealthSummary> {
  if (options.deep !== true) {
    using home = await Home.open(session, options);
    return await check(session, home, options, paths, report, undefined);
  }
  await using cli = await CliEngine.open(session, options);
  // What is not approved was not asked before either, and does not seem to open.
  const verifyOne: HealthParts['verify'] = async (file, run) => {
    const { size, requestIds } = await verify(cli.engine, file, run);
    return { size, calls: requestIds.length };
  };
  return await check(session, cli.home, options, paths, report, verifyOne);
}

async function check(
  session: Session,
  home: Home,
  { trustAccount }: CheckOptions,
  paths: readonly string[],
  report: HealthReport,
  verifyOne: HealthParts['verify'],
): Promise<HealthSummary> {
  // Nobody is asked in the middle of it: what is unknown is told, with the option that lets it be asked.
  const nobody = { prompt: undefined, screen: session.screen };
  const approve = accountApproval(nobody, trustAccount, home.ownRegions);
  const signIn = signInAgain(session, home);
  const again: AskAgain = async (error, tries) => await signIn(error, noItem, tries);
  const parts: HealthParts = {
    keyring: home.keyring,
    local: home.local,
    unlock: !session.secrets.areTyped,
    kms: {
      opening: async (key) => await home.opening(key),
      checkAccount: async (arn) => {
        await home.keyring.checkAccount(arn, approve);
      },
      again: () => again,
    },
    nameOf: await readKeyNames(home.settings, home.local),
    verify: verifyOne,
  };
  const { folder, own } = await home.copies.config();
  const request = { paths, exclude: [folder, own] };
  return await checkHealth(parts, request, { signal: session.signal, ...report.listeners });
}
