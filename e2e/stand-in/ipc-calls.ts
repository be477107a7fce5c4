/** @file Messages between the preload's world and the main process. */
import type { Session } from './cdp.ts';
import { preventable } from './event.ts';
import { ipcMain } from './ipc-main.ts';
import type { PersonalQuestion } from './page/ask-person.ts';
import { decode, encode } from './page/codec.ts';
import type { DeliveredMessage, PostedMessage } from './page/isolated-world.ts';
import { ISOLATED_WORLD } from './page-target.ts';
import type { WebContents } from './web-contents.ts';

export class IpcCalls {
  readonly #contents: WebContents;
  readonly #session: Session;
  /** The preload's world of each frame. */
  readonly #worlds = new Map<string, number>();

  constructor(contents: WebContents, session: Session) {
    this.#contents = contents;
    this.#session = session;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string };
      if (context.name === ISOLATED_WORLD) this.#worlds.set(frameId, context.id);
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === 'standInPost')
        void this.#receive(JSON.parse(payload) as PostedMessage, executionContextId);
    });
  }

  /** To the main frame. As in Electron, what is sent before its preload runs is lost. */
  send(frameId: string, channel: string, args: unknown[]): void {
    const world = this.#worlds.get(frameId);
    const text = encode(args);
    if (world !== undefined) void this.#deliver({ op: 'event', channel, args: text }, world);
  }

  /** For dialog.ts. */
  async askPerson(frameId: string, question: PersonalQuestion): Promise<string[]> {
    const { result } = await this.#session.send('Runtime.evaluate', {
      contextId: this.#worlds.get(frameId) ?? 0,
      expression: `standInAskPerson(${JSON.stringify(question)})`,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    return result.value as string[];
  }

  async #receive(message: PostedMessage, world: number): Promise<void> {
    if (message.op === 'open') this.#contents.askToOpen(message.url, message.disposition);
    else if (message.op === 'title')
      this.#contents.emit('page-title-updated', preventable(), message.title, true);
    else await this.#deliver(await this.#answer(message), world);
  }

  async #answer({ id, channel, args }: PostedMessage & { op: 'invoke' }): Promise<DeliveredMessage> {
    const handler = this.#contents.ipc.handlerOf(channel) ?? ipcMain.handlerOf(channel);
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const { frames } = this.#contents;
      const event = {
        type: 'frame',
        sender: this.#contents,
        senderFrame: frames.main,
        frameId: 1,
        processId: 1,
      };
      const value: unknown = await handler(event, ...(decode(args) as unknown[]));
      return { op: 'reply', id, value: encode(value) };
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error);
      return { op: 'reply', id, error: `Error invoking remote method '${channel}': ${String(error)}` };
    }
  }

  /** The world may be gone meanwhile. */
  async #deliver(message: DeliveredMessage, world: number): Promise<void> {
    const expression = `standInDeliver(${JSON.stringify(JSON.stringify(message))})`;
    await this.#session.send('Runtime.evaluate', { contextId: world, expression }).catch(() => {});
  }
}
