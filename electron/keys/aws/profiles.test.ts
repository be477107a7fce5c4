import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listProfiles } from './profiles.ts';

let folder: string;
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-profiles-'));
  environment = {
    AWS_CONFIG_FILE: path.join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'credentials'),
  };
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('profiles', () => {
  it('are none where there are no files', async () => {
    expect(await listProfiles(environment)).toEqual([]);
  });

  it('are those of both files, each once, and no other section', async () => {
    await writeFile(
      path.join(folder, 'config'),
      '[default]\r\nregion = x\n[profile team]\n # [profile no]\n[ profile "with space" ]\n[sso-session corp]\n[services s]\n[stray]\n',
    );
    await writeFile(path.join(folder, 'credentials'), '[team]\naws_secret_access_key = secret\n[old]\n');
    expect(await listProfiles(environment)).toEqual(['default', 'old', 'team', 'with space']);
  });
});
