import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPlaces, makePrivateFolder } from './places.ts';

describe('findPlaces', () => {
  it('puts everything under ENVELOPE_HOME', () => {
    const home = path.resolve('/somewhere');
    for (const place of Object.values(findPlaces({ ENVELOPE_HOME: home }))) {
      expect(place.startsWith(home + path.sep)).toBe(true);
    }
  });

  it("uses the system's places without it, or where it is empty", () => {
    const places = findPlaces({});
    expect(findPlaces({ ENVELOPE_HOME: '' })).toEqual(places);
    expect(path.basename(places.settingsFile)).toBe('settings.json');
    expect(new Set(Object.values(places)).size).toBe(9);
    for (const place of Object.values(places)) {
      expect(path.isAbsolute(place)).toBe(true);
      expect(place).toMatch(/[/\\]envelope[/\\]/i);
    }
  });
});

describe('makePrivateFolder', () => {
  it('makes folders that only this user can enter', async () => {
    const home = await mkdtemp(path.join(tmpdir(), 'envelope-places-'));
    try {
      const folder = path.join(home, 'a', 'b');
      await makePrivateFolder(folder);
      await makePrivateFolder(folder);
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      expect((await stat(path.dirname(folder))).mode & 0o777).toBe(0o700);
    } finally {
      await rm(home, { recursive: true });
    }
  });

  it('says when it cannot', async () => {
    await expect(makePrivateFolder('/dev/null/x')).rejects.toMatchObject({ code: 'target-missing' });
  });
});
