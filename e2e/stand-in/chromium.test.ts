/** @file What a stand-in starts must not outlive it, even if it is killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { guarded } from './chromium.ts';

/** One that has ended and waits for nobody to ask how (Z) does not run. */
const isRunning = (pid: number): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

it.runIf(process.platform === 'linux')('what a killed stand-in has started ends with it', async () => {
  const [command, ...args] = [...guarded('/usr/bin/sleep'), '300'];
  const code = `const {pid}=require('node:child_process').spawn(${JSON.stringify(command)},${JSON.stringify(args)});console.log(pid);setInterval(()=>{},1000)`;
  const parent = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const child = Number(said.toString());
  expect(isRunning(child)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  for (let waited = 0; waited < 5_000 && isRunning(child); waited += 50) await sleep(50);
  const outlived = isRunning(child);
  if (outlived) process.kill(child);
  expect(outlived).toBe(false);
});
