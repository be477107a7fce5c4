/** @file What becomes of one envelope: its body as far as no byte of it is read, and what its keys say. */
import { type ErrorCode, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import type { HealthFile, HealthProblem, KeyAnswer } from '../../shared/health.ts';
import { checkBodyLength, checkSize, type MeasuredBody } from '../envelope/body-length.ts';
import { checkMac } from '../envelope/derive.ts';
import { revealContent } from '../envelope/hidden.ts';
import type { EnvelopeFile } from '../envelope/read.ts';
import { failedAttempts } from '../../shared/attempts.ts';
import type { DataKey } from '../keys/data-key.ts';
import { answerOf } from './entry-answer.ts';
import type { Asked, KeyTable } from './key-table.ts';

/** The body of an envelope, or why there is none. `cloud`: its bytes are elsewhere, and perhaps its length unknown. */
export type BodyFound = { body?: MeasuredBody; cloud?: true; error?: ErrorRecord };

/** What an error of an envelope, its body or its verification means for its file. */
const problems: Partial<Record<ErrorCode, HealthProblem>> = {
  'envelope-invalid': 'envelope-damaged',
  'envelope-newer': 'envelope-newer',
  'envelope-altered': 'envelope-altered',
  'envelope-missing': 'envelope-missing',
  'body-missing': 'body-missing',
  'body-foreign': 'body-foreign',
  'body-cut-short': 'body-cut-short',
  'body-altered': 'body-altered',
  'archive-invalid': 'body-altered',
  // An age identity, or a KMS key, that was taken to open it.
  'no-key-opens': 'closed',
};

/** `otherwise`: what stays unread because the system or the user's rights say so. */
export function problemOf({ code }: ErrorRecord, otherwise: HealthProblem): HealthProblem {
  return problems[code] ?? otherwise;
}

/** Answers after which a key does not count as one that may open the file. */
const hopeless: ReadonlySet<KeyAnswer> = new Set(['damaged', 'gone', 'unknown']);
/** Answers that may turn out to be a yes. */
const open: ReadonlySet<KeyAnswer> = new Set(['account', 'locked', 'unasked']);

/**
 * @param verify checks every byte of an envelope that opens now, if that is wanted
 * @throws EnvelopeError `cancelled`
 */
export async function judge(
  file: EnvelopeFile,
  found: BodyFound,
  keys: KeyTable,
  verify: ((file: EnvelopeFile) => Promise<void>) | undefined,
): Promise<HealthFile> {
  const check = new EnvelopeCheck(file, found);
  const said = await keys.ask(file.envelope.keys, { envelope: file.envelope, onDataKey: check.onDataKey });
  const failed = check.wrong ?? found.error ?? (await verified(file, found, said, verify));
  const asked = failed === undefined ? said : afterTrying(said, failed);
  const wrong = asked === said ? failed : undefined;
  const left = asked.filter(({ answer }) => !hopeless.has(answer));
  const only = left.length === 1 ? left[0] : undefined;
  const problem = wrong === undefined ? problemOfKeys(asked) : problemOf(wrong, 'body-unreadable');
  for (const { key, ...answer } of asked) {
    key.count(answer);
    if (answer.answer === 'opens' && wrong === undefined) key.health.opens += 1;
  }
  if (only !== undefined) only.key.health.alone += 1;
  const cloud = found.cloud === true ? { problem: 'in-cloud' as const } : {};
  return {
    path: file.path,
    keys: asked.map(({ key, answer }) => ({
      key: key.health.index,
      answer,
      ...(key.ends ? { ends: true as const } : {}),
    })),
    ...(problem === undefined ? cloud : { problem }),
    ...(wrong === undefined ? {} : { error: wrong }),
    ...(only === undefined ? {} : { alone: only.key.health.index }),
    ...(found.body === undefined ? {} : { body: found.body.path }),
  };
}

/** What is wrong with an envelope that seemed to open. @throws EnvelopeError `cancelled` */
async function verified(
  file: EnvelopeFile,
  { cloud }: BodyFound,
  asked: readonly Asked[],
  verify: ((file: EnvelopeFile) => Promise<void>) | undefined,
): Promise<ErrorRecord | undefined> {
  if (verify === undefined || cloud === true || problemOfKeys(asked) !== undefined) return undefined;
  try {
    await verify(file);
    return undefined;
  } catch (error) {
    if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
    return error.toRecord();
  }
}

/**
 * What the keys say once every byte was to be read and none of them opened it, though one had said it would: it was
 * disabled, or the session ended, in between. The same as `said` for anything else that is wrong with the file.
 */
function afterTrying(said: readonly Asked[], error: ErrorRecord): readonly Asked[] {
  const attempts = failedAttempts(error);
  if (attempts.length === 0) return said;
  const asked = said.map((one) => {
    const { provider, key } = one.key.health;
    const tried = attempts.find((attempt) => attempt.provider === provider && attempt.key === key);
    return one.answer !== 'opens' || tried === undefined ? one : { key: one.key, ...answerOf(tried.error) };
  });
  return problemOfKeys(asked) === undefined ? said : asked;
}

function problemOfKeys(asked: readonly Asked[]): 'closed' | 'unsure' | undefined {
  if (asked.some(({ answer }) => answer === 'opens')) return undefined;
  return asked.some(({ answer }) => open.has(answer)) ? 'unsure' : 'closed';
}

/** Steps 2, 4 and 5 of FORMAT.md section 3, as far as a key is at hand without a call. */
class EnvelopeCheck {
  readonly #file: EnvelopeFile;
  readonly #body: MeasuredBody | undefined;
  #done = false;
  wrong: ErrorRecord | undefined;

  constructor(file: EnvelopeFile, found: BodyFound) {
    this.#file = file;
    this.#body = found.body;
    this.#note(() => {
      if (this.#body !== undefined) checkBodyLength(file.envelope.header, this.#body);
    });
  }

  readonly onDataKey = (dataKey: DataKey): void => {
    if (this.#done) return;
    this.#done = true;
    this.#note(() => {
      const { envelope } = this.#file;
      const { id, content } = envelope.header;
      checkMac(dataKey, envelope);
      if (!('hidden' in content)) return;
      const clear = revealContent(dataKey, id, content);
      if (this.#body !== undefined) checkSize(clear, this.#body);
    });
  };

  #note(check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
      this.wrong ??= error.toRecord();
    }
  }
}
