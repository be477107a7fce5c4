/** @file How each connection stands with its sign-in, as the main process tells it. */
import { DRAFT, type SignIn, type SignInChange } from '../../shared/sign-in.ts';
import { client, orNotice } from '../client.ts';
import { createKeyed } from './keyed.ts';
import { loadConnection } from './keys.ts';
import { settings } from './settings.ts';

/** By the connection's name. One that is not there was not asked about yet. */
export const signIns = createKeyed<SignIn>();

/** Asks about every connection that is set up now. */
export async function loadSignIns(): Promise<void> {
  const names = settings.get()?.settings.connections.map(({ name }) => name) ?? [];
  await Promise.all(
    names.map(async (name) => {
      const state = await client().signInState(name);
      if (state.ok) signIns.set(name, state.value);
    }),
  );
}

/** Whoever has signed in may see other keys than before. */
export function takeSignIn({ connection, signIn }: SignInChange): void {
  const wasRunning = isRunning(signIns.get(connection));
  signIns.set(connection, signIn);
  if (connection !== DRAFT && wasRunning && signIn.state === 'signed-in') void loadConnection(connection);
}

export const isRunning = (signIn: SignIn | undefined): boolean =>
  signIn?.state === 'beginning' || signIn?.state === 'confirming';

export async function beginSignIn(connection: string): Promise<void> {
  await orNotice(client().signIn(connection));
}
