/** @file The one question of the preload that is answered before it returns: the path of a file. */
import type { Session } from './cdp.ts';
import { askWhilePaused } from './page/isolated-world.ts';

/** The page stands still at a `debugger` statement; every other one is passed by. */
export function answerPausedPages(session: Session): void {
  session.on('Debugger.paused', ({ callFrames }) => {
    const [frame] = callFrames;
    const isQuestion = frame?.functionName === askWhilePaused.name;
    const answered = isQuestion ? answerPath(session, frame.callFrameId) : Promise.resolve();
    // The page may be gone meanwhile.
    answered.then(() => session.send('Debugger.resume')).catch(() => {});
  });
}

async function answerPath(session: Session, callFrameId: string): Promise<void> {
  const { result } = await session.send('Debugger.evaluateOnCallFrame', {
    callFrameId,
    expression: 'question.file',
  });
  const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId! });
  const expression = `question.path = ${JSON.stringify(path)}`;
  await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression });
}
