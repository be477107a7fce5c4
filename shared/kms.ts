/** @file How to reach AWS KMS, as data: what the settings keep and the page may see. Never a secret. */

/** What the name of a region looks like, such as `eu-central-1`. */
export const REGION = /^[a-z]+(-[a-z]+)+-[0-9]{1,2}$/;

/** Where a connection's credentials come from. */
export type KmsCredentials =
  /** The SDK's own search: environment, profile, web identity, container. */
  | { kind: 'default' }
  /** A profile of `~/.aws`: SSO, assumed role, process, web identity or keys. */
  | { kind: 'profile'; profile: string }
  /** An access key; its secret is asked for at run time and kept by nobody here. */
  | { kind: 'keys'; accessKeyId: string }
  /** A role of IAM Identity Center. One signs in with the browser; the token lies where the AWS tools keep theirs. */
  | {
      kind: 'sso';
      /** https, such as `https://d-1234567890.awsapps.com/start`. */
      startUrl: string;
      /** The region of IAM Identity Center. */
      ssoRegion: string;
      /** 12 digits */
      account: string;
      role: string;
    }
  /** A role assumed with the credentials of `sourceProfile`, or of the default search. */
  | {
      kind: 'role';
      roleArn: string;
      sourceProfile?: string | undefined;
      /** Serial number or ARN of the MFA device; with it a code is asked for. */
      mfaSerial?: string | undefined;
      externalId?: string | undefined;
      /** 900 to 43200 */
      durationSeconds?: number | undefined;
      sessionName?: string | undefined;
    };

export type KmsConnection = {
  /** The user's name for it, unique in the settings. */
  name: string;
  credentials: KmsCredentials;
  /** For everything that does not name its region by an ARN. */
  region?: string | undefined;
  /** Regions that hold replicas of the user's multi-Region keys, in the order in which they are tried. */
  replicaRegions?: readonly string[] | undefined;
  /** https, or plain http on loopback for an emulator, which then answers for STS as well. */
  endpoint?: string | undefined;
  fips?: boolean | undefined;
  dualStack?: boolean | undefined;
  /** URL of an http or https proxy. */
  proxy?: string | undefined;
  /** A PEM file with certificates to trust beside the usual ones. */
  caFile?: string | undefined;
  /** KMS calls started in any second, 1 to 1000; 20 if not given (the account's quota is shared with everything else). */
  callsPerSecond?: number | undefined;
};

/** The steps of a connection test, in this order (experience.md, settings). */
export const kmsTestSteps = ['credentials', 'identity', 'key', 'generate', 'decrypt'] as const;
export type KmsTestStep = (typeof kmsTestSteps)[number];

/** Who the credentials belong to, as STS answers. */
export type KmsIdentity = { account: string; arn: string };

/** An alias of the connection's own account and region. */
export type KmsAlias = { alias: string; arn: string };
