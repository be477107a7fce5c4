/** @file The one question of the preload that is answered before it returns: the paths of files. */
import type { Session } from './cdp.ts';
import { askWhilePaused } from './page/isolated-world.ts';

/** What DevTools keeps for us while a page is paused. */
const OBJECTS = 'stand-in: files';

/** The page stands still at a `debugger` statement; every other one is passed by. */
export function answerPausedPages(session: Session): void {
  session.on('Debugger.paused', ({ callFrames }) => {
    const [frame] = callFrames;
    const isQuestion = frame?.functionName === askWhilePaused.name;
    const answered = isQuestion ? answerPaths(session, frame.callFrameId) : Promise.resolve();
    // The page may be gone meanwhile.
    answered.then(() => session.send('Debugger.resume')).catch(() => {});
  });
}

async function answerPaths(session: Session, callFrameId: string): Promise<void> {
  const { result } = await session.send('Debugger.evaluateOnCallFrame', {
    callFrameId,
    expression: 'question.files',
    objectGroup: OBJECTS,
  });
  const files = await session.send('Runtime.getProperties', {
    objectId: result.objectId!,
    ownProperties: true,
  });
  const paths = await Promise.all(
    files.result
      .filter(({ name }) => name !== 'length')
      .map(async ({ value }) => await session.send('DOM.getFileInfo', { objectId: value!.objectId! })),
  );
  const expression = `question.paths = ${JSON.stringify(paths.map(({ path }) => path))}`;
  await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
  await session.send('Runtime.releaseObjectGroup', { objectGroup: OBJECTS });
}
