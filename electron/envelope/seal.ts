import { randomBytes, randomUUID } from 'node:crypto';
import type { Content } from './header.ts';
import type { FileContent, Header, Labels } from '../../shared/envelope.ts';
import type { LeftOut } from '../files/archive-plan.ts';
import { type Plain, openPlainFile, openPlainFolder } from '../files/plain.ts';
import { needSpace } from '../files/space.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { RunOptions } from '../stream/job.ts';
import { bodyLength } from '../stream/sizes.ts';
import { encodeBase64url } from './base64url.ts';
import { serialiseEnvelope } from './codec.ts';
import { encryptionContext } from './context.ts';
import { commitmentSalt, fileKeyOf, macOf } from './derive.ts';
import type { Collision, Engine, Note } from './engine.ts';
import { checkLabels, formatMode, formatTime } from './header.ts';
import { hideContent } from './hidden.ts';
import { toName } from './names.ts';
import { PartialPair } from './partial-pair.ts';

export type SealRequest = {
  /** The file, or with `archive` the folder, to seal. */
  path: string;
  archive: boolean;
  /** Where the pair goes; it exists. */
  folder: string;
  keys: readonly KeyRef[];
  labels: Labels;
  hideNames: boolean;
  collision: Collision;
  /** Read the pair back and verify it before it gets its names. A pair that replaces another always is. */
  verify: boolean;
  /** After that verify, move the original to the bin. */
  binOriginal: boolean;
};

export type Sealed = {
  id: string;
  envelope: string;
  body: string;
  /** Plaintext bytes. */
  size: number;
  requestIds: readonly string[];
  /** Links and special files that an archive does not keep. */
  leftOut: readonly LeftOut[];
  binned: boolean;
  notes: readonly Note[];
};
