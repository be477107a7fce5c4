import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Cancellation, type Host } from './signals.ts';

class FakeHost extends EventEmitter implements Host {
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  exited: number | undefined;

  exit(code: number): void {
    this.exited = code;
  }
}

describe('Cancellation', () => {
  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s asks for a clean end with %d, and the next signal ends at once', (signal, code) => {
    const host = new FakeHost();
    using cancellation = new Cancellation(host);
    expect(cancellation.exitCode).toBeUndefined();
    host.emit(signal);
    expect([cancellation.signal.aborted, cancellation.exitCode, host.exited]).toEqual([
      true,
      code,
      undefined,
    ]);
    host.emit('SIGTERM');
    expect([cancellation.exitCode, host.exited]).toEqual([code, 143]);
  });

  it('takes a reader that went away for a signal, and no other failure', () => {
    const host = new FakeHost();
    using cancellation = new Cancellation(host);
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    expect(() => host.stdout.emit('error', full)).toThrow('full');
    host.stdout.emit('error', Object.assign(new Error('gone'), { code: 'EPIPE' }));
    expect([cancellation.signal.aborted, cancellation.exitCode]).toEqual([true, 141]);
  });

  it('lets go of the signals at the end', () => {
    const host = new FakeHost();
    new Cancellation(host)[Symbol.dispose]();
    expect(host.listenerCount('SIGINT')).toBe(0);
  });
});
