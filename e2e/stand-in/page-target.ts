/** @file One page of Chromium, made ready to be a window's: scripts for both worlds, requests paused, colours set. */
import { randomUUID } from 'node:crypto';
import { browser, isHeaded } from './browser.ts';
import type { Session } from './cdp.ts';
import { mediaFeatures } from './native-theme.ts';
import { isolatedWorldScript, mainWorldScript } from './page/source.ts';

/** Electron's own name of the preload's world. */
export const ISOLATED_WORLD = 'Electron Isolated Context';

export type PageTarget = { targetId: string; frameId: string; session: Session };

export type PageSetup = {
  preload: string | undefined;
  /** Whether the page's own scripts run. */
  javascript: boolean;
  width: number;
  height: number;
  isFirst: boolean;
};

/** `listen` comes before anything can happen in the page. */
export async function openPage(setup: PageSetup, listen: (session: Session) => void): Promise<PageTarget> {
  const { browser: root } = browser.cdp;
  // A visible Chromium starts with a window of its own; the first of ours takes it over.
  const targetId = isHeaded && setup.isFirst ? await visibleTarget() : await newTarget();
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: true });
  const session = browser.cdp.session(sessionId);
  listen(session);
  await Promise.all([
    session.send('Page.enable'),
    session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    session.send('Runtime.enable'),
    session.send('DOM.enable'),
    session.send('Debugger.enable'),
  ]);
  await installScripts(session, setup.preload);
  await session.send('Emulation.setScriptExecutionDisabled', { value: !setup.javascript });
  await session.send('Emulation.setEmulatedMedia', { features: mediaFeatures() });
  if (!isHeaded) await resizePage(session, setup);
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  const { frameTree } = await session.send('Page.getFrameTree');
  return { targetId, frameId: frameTree.frame.id, session };
}

export async function resizePage(session: Session, size: { width: number; height: number }): Promise<void> {
  await session.send('Emulation.setDeviceMetricsOverride', {
    width: size.width,
    height: size.height,
    deviceScaleFactor: Number(process.env.STANDIN_SCALE ?? 1),
    mobile: false,
  });
}

async function newTarget(): Promise<string> {
  return (await browser.cdp.browser.send('Target.createTarget', { url: 'about:blank' })).targetId;
}

async function visibleTarget(): Promise<string> {
  const { targetInfos } = await browser.cdp.browser.send('Target.getTargets');
  const page = targetInfos.find(({ type }) => type === 'page');
  return page?.targetId ?? (await newTarget());
}

async function installScripts(session: Session, preload: string | undefined): Promise<void> {
  const token = randomUUID();
  await session.send('Runtime.addBinding', { name: 'standInPost', executionContextName: ISOLATED_WORLD });
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(token) });
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    source: isolatedWorldScript(token, preload),
    worldName: ISOLATED_WORLD,
  });
}
