import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Cancellation, type Host } from './signals.ts';

class FakeHost extends EventEmitter implements Host {
  readonly said: string[] = [];
  readonly stdout = new EventEmitter();
  readonly stderr = Object.assign(new EventEmitter(), { write: (text: string) => this.said.push(text) });
  readonly pid = 4711;
  ended: unknown;
  exitCode: number | undefined;

  kill(pid: number, signal: string): void {
    this.ended = { pid, signal, listeners: this.listenerCount(signal) };
  }
}

describe('Cancellation', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s asks for a clean end with %d, and the next signal ends at once, by itself', (signal, code) => {
    const host = new FakeHost();
    using cancellation = new Cancellation(host);
    expect(cancellation.exitCode).toBeUndefined();
    host.emit(signal);
    expect([cancellation.signal.aborted, cancellation.exitCode, host.ended]).toEqual([true, code, undefined]);
    host.emit('SIGTERM');
    expect(cancellation.exitCode).toBe(code);
    expect(host.ended).toEqual({ pid: 4711, signal: 'SIGTERM', listeners: 0 });
  });

  it('takes a reader that went away for a signal', () => {
    const host = new FakeHost();
    using cancellation = new Cancellation(host);
    host.stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    expect([cancellation.signal.aborted, cancellation.exitCode, host.said]).toEqual([true, 141, []]);
  });

  it('an output that takes no more ends it cleanly with 1, and says so once', () => {
    const host = new FakeHost();
    using cancellation = new Cancellation(host);
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    host.stdout.emit('error', full);
    host.stdout.emit('error', full);
    expect([cancellation.signal.aborted, cancellation.exitCode, host.ended]).toEqual([true, 1, undefined]);
    expect(host.said).toEqual(['The results cannot be written (ENOSPC), so no more is begun.\n']);
  });

  it('says nothing where it cannot speak', () => {
    const host = new FakeHost();
    using cancellation = new Cancellation(host);
    host.stderr.emit('error', Object.assign(new Error('bad disk'), { code: 'EIO' }));
    expect([cancellation.exitCode, host.said]).toEqual([1, []]);
  });

  it('what fails after the end still counts', () => {
    const host = new FakeHost();
    new Cancellation(host)[Symbol.dispose]();
    host.stdout.emit('error', Object.assign(new Error('full'), { code: 'ENOSPC' }));
    expect(host.exitCode).toBe(1);
  });

  it('lets go of the signals at the end', () => {
    const host = new FakeHost();
    new Cancellation(host)[Symbol.dispose]();
    expect(host.listenerCount('SIGINT')).toBe(0);
  });
});
