/** @file A KMS key, which is asked as seldom as can be: once how it is, and once for each set of labels. */
import type { Labels } from '../../shared/envelope.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { encryptionContext } from '../envelope/context.ts';
import { jcs } from '../envelope/json.ts';
import {
  type Asking,
  answerOf,
  type EntryAnswer,
  type KeyAsker,
  type KnownEntry,
  OPENS,
} from './entry-answer.ts';
import type { Described, KmsDesk } from './kms-desk.ts';

/**
 * [Note: the shape of a context] What a key policy can make depend on the encryption context is the same for all
 * envelopes with the same labels: their contexts differ in `envelope-id` alone, which nobody knows beforehand. So one
 * dry run stands for all of them. It is asked about the wrapped key of the first; should that one be damaged, permission
 * alone is asked about, so that one bad file does not speak for the others.
 */
type Shape = { answer: EntryAnswer };

/** Sets of labels that are asked about. Labels may differ in every file, and then a dry run for each would be one a file. */
const MOST_SHAPES = 100;

export class KmsKey implements KeyAsker {
  readonly #desk: KmsDesk;
  readonly #arn: string;
  readonly #shapes = new Map<string, Promise<Shape>>();
  #asked: Promise<void> | undefined;
  /** What it says to every envelope. */
  #common: EntryAnswer | undefined;
  #described: Described | undefined;

  constructor(desk: KmsDesk, arn: string) {
    this.#desk = desk;
    this.#arn = arn;
  }

  /** What the KMS says of it, once it was asked and answered. */
  get described(): Described | undefined {
    return this.#described;
  }

  async answer(entry: KnownEntry, { envelope }: Asking): Promise<EntryAnswer> {
    await (this.#asked ??= this.#describe());
    if (this.#common !== undefined) return this.#common;
    const labels = envelope.header.context;
    const shape = jcs(labels);
    const known = this.#shapes.get(shape);
    if (known !== undefined) return (await known).answer;
    if (this.#shapes.size >= MOST_SHAPES) return await this.#assumed();
    let own: EntryAnswer | undefined;
    const asked = this.#askAbout(labels, envelope.header.id, entry.wrapped, (answer) => {
      own = answer;
    });
    this.#shapes.set(shape, asked);
    const { answer } = await asked;
    return own ?? answer;
  }

  async #describe(): Promise<void> {
    try {
      this.#described = await this.#desk.describe(this.#arn);
      this.#common = whyNot(this.#described);
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      // To describe a key and to open with it are two permissions.
      if (error.code !== 'kms-access-denied') this.#common = answerOf(error.toRecord());
    }
  }

  /** @param onOwn called if the first envelope gets an answer that is not for the others */
  async #askAbout(
    labels: Labels,
    id: string,
    wrapped: Uint8Array,
    onOwn: (answer: EntryAnswer) => void,
  ): Promise<Shape> {
    const question = { context: encryptionContext({ id, context: labels }), first: this.#described?.at };
    const answer = await this.#ask({ ...question, wrapped });
    if (answer.answer === 'damaged') {
      onOwn(answer);
      return { answer: await this.#ask(question) };
    }
    return { answer: await this.#explained(answer) };
  }

  async #ask(question: Parameters<KmsDesk['mayDecrypt']>[1]): Promise<EntryAnswer> {
    try {
      await this.#desk.mayDecrypt(this.#arn, question);
      return OPENS;
    } catch (error) {
      if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
      return answerOf(error.toRecord());
    }
  }

  /** Somebody disabled it after it was described: how it is now, with the day on which it will be deleted. */
  async #explained(answer: EntryAnswer): Promise<EntryAnswer> {
    if (answer.answer !== 'disabled' && answer.answer !== 'unready') return answer;
    if (this.#described === undefined || this.#common !== undefined) return answer;
    await (this.#asked = this.#describe());
    return this.#common ?? answer;
  }

  /** What all sets of labels that were asked about have in common, if anything. */
  async #assumed(): Promise<EntryAnswer> {
    const shapes = await Promise.all(this.#shapes.values());
    const [first = { answer: OPENS }, ...others] = shapes;
    if (others.every(({ answer }) => answer.answer === first.answer.answer)) {
      return { ...first.answer, assumed: true };
    }
    return { answer: 'unasked', assumed: true };
  }
}

/** Why a key in its state opens nothing for anybody. */
function whyNot({ description }: Described): EntryAnswer | undefined {
  const { key, region, state, deletion, canOpen } = description;
  if (canOpen) return undefined;
  const code =
    state === 'Enabled' ? 'kms-key-usage' : state === 'Disabled' ? 'kms-key-disabled' : 'kms-key-state';
  const details = { key, region, state, ...(deletion === undefined ? {} : { deletion }) };
  return answerOf(new EnvelopeError(code, 'its state allows no opening', details).toRecord());
}
