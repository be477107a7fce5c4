import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInside } from './inside.ts';

describe('isInside', () => {
  it.each([
    ['/tmp/ente', '/tmp/ente-evil/x'],
    ['/tmp/ente', '/tmp/ente/../../etc/x'],
    ['/tmp/ente', '/tmp'],
    ['/tmp/ente', '/tmp/ente/..'],
    ['/tmp/ente', '/'],
  ])('%s does not hold %s', (folder, target) => {
    expect(isInside(folder, target, path.posix)).toBe(false);
  });

  it.each([
    ['/tmp/ente', '/tmp/ente'],
    ['/tmp/ente', '/tmp/ente/x'],
    ['/tmp/ente/', '/tmp/ente/x/../y'],
    ['/tmp/ente', '/tmp/ente/..x'],
    ['/tmp/ente', '/tmp/ente/.../x'],
    ['/', '/etc'],
  ])('%s holds %s', (folder, target) => {
    expect(isInside(folder, target, path.posix)).toBe(true);
  });

  it.each([
    [String.raw`C:\app`, String.raw`D:\secret`],
    [String.raw`C:\app`, String.raw`C:\app-evil`],
    [String.raw`C:\app`, String.raw`C:\app\..\secret`],
    [String.raw`C:\app`, String.raw`\\server\share\app`],
    [String.raw`\\server\share`, String.raw`\\server\other`],
  ])('on Windows %s does not hold %s', (folder, target) => {
    expect(isInside(folder, target, path.win32)).toBe(false);
  });

  it.each([
    [String.raw`C:\app`, String.raw`c:\APP\x`],
    [String.raw`C:\app`, 'C:/app/x'],
    [String.raw`\\server\share`, String.raw`\\server\share\x`],
  ])('on Windows %s holds %s', (folder, target) => {
    expect(isInside(folder, target, path.win32)).toBe(true);
  });
});
