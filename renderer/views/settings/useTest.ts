import { useEffect, useRef, useState } from 'react';
import { client, orNotice } from '../../client.ts';
import { noTest, withProgress, type TestRun } from './test-steps.ts';

/** One test at a time; another makes the page deaf to what the one before still says. */
export function useTest(name: string): { run: TestRun; begin: (key: string | undefined) => Promise<void> } {
  const [run, setRun] = useState(noTest);
  const current = useRef('');
  useEffect(
    () =>
      client().on('testProgress', (progress) => {
        if (progress.test === current.current) setRun((now) => withProgress(now, progress));
      }),
    [],
  );
  const begin = async (key: string | undefined): Promise<void> => {
    const test = crypto.randomUUID();
    current.current = test;
    setRun({ running: true, outcomes: {} });
    await orNotice(client().testConnection(name, test, key));
    if (current.current === test) setRun((now) => ({ ...now, running: false }));
  };
  return { run, begin };
}
