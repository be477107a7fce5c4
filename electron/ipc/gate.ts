/**
 * @file The one gate between the page and this process. Nothing else registers a handler; lint sees to it.
 *
 * SECURITY: who asks is looked at first, what is asked is parsed second, and only then does anything happen. Whatever is
 * foreign, unknown or malformed is refused with a code, and noted without its content.
 */
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { type CallName, callNames, GRANT, type Result, type Routes } from '../../shared/contract.ts';
import type { Granted } from '../../shared/desktop.ts';
import { EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import { isOurs } from '../app/page-address.ts';
import { log, traceOf } from './log.ts';
import { argumentSchemas } from './schemas.ts';

/** All that can be asked: by the page, and by the preload, which alone knows paths. */
export type Handlers = Routes & { [GRANT]: (paths: string[]) => Promise<Granted> };
type Channel = CallName | typeof GRANT;

/** The sender of a call, as far as it is looked at. */
type Caller = Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>;

export const channels: readonly Channel[] = [...callNames, GRANT];

/** A window's contents, as far as the gate needs them. */
export type Gated = { readonly ipc: Pick<WebContents['ipc'], 'handle'> };

/** Lets the page of one window in. No other page even reaches the gate. */
export function openGate(contents: Gated, handlers: Handlers): void {
  for (const channel of channels) {
    contents.ipc.handle(channel, async (caller, ...args: unknown[]) => {
      // The frame can be gone after the first await, and then nobody knows who asked.
      if (!isOurPage(caller)) return refuse(channel, 'foreign');
      return await answer(channel, args, handlers);
    });
  }
}

/** Whether the main frame of our window asks, while it shows our page. */
function isOurPage({ senderFrame: frame, sender }: Caller): boolean {
  return frame !== null && frame.parent === null && frame === sender.mainFrame && isOurs(frame.url);
}

async function answer(channel: Channel, args: unknown[], handlers: Handlers): Promise<Result<unknown>> {
  const parsed = argumentSchemas[channel].safeParse(args);
  if (!parsed.success) return refuse(channel, 'malformed');
  try {
    // Each schema fits its own handler (schemas.ts); that both are of one channel, the compiler cannot follow.
    const value: unknown = await Reflect.apply(handlers[channel], handlers, parsed.data);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: recordOf(channel, error) };
  }
}

function refuse(channel: Channel, why: 'foreign' | 'malformed'): Result<never> {
  log(`refused ${channel}: ${why}`);
  return { ok: false, error: new EnvelopeError('usage', `refused: ${why}`).toRecord() };
}

/** What is not an EnvelopeError is a bug: its trace is for the log, and only its code for the page. */
function recordOf(channel: Channel, error: unknown): ErrorRecord {
  if (isEnvelopeError(error)) return error.toRecord();
  log(`bug in ${channel}: ${traceOf(error)}`);
  return new EnvelopeError('bug', 'the program failed').toRecord();
}
