import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../shared/envelope.ts';
import {
  accept,
  arn,
  failure,
  header,
  KeyringFixture,
  known,
  rightKey,
  wrongKey,
} from './keyring-fixture.ts';

let fixture: KeyringFixture;
beforeEach(async () => {
  fixture = await KeyringFixture.create();
});
afterEach(async () => {
  await fixture.remove();
});

const approveAll = (): Promise<boolean> => Promise.resolve(true);
const bug = (): void => {
  throw new TypeError('a bug');
};

describe('Keyring.unwrap (FORMAT.md section 3, step 3)', () => {
  it('does not take a foreign K that a provider had cached, wipes it and goes on', async () => {
    const keys = [known('age', 'age1cached', wrongKey), known('aws-kms', arn('1'))];
    const opened = await fixture.keyring.unwrap({ header, keys }, { accept, approveAccount: approveAll });
    expect(opened.dataKey.bytes).toEqual(rightKey);
    expect(opened.entry.key).toBe(arn('1'));
    expect(fixture.age.everyKeyIsWiped()).toBe(true);
  });

  it('fails with the list of attempts when none is left, in the order they were tried', async () => {
    fixture.age.refusals.set('age1broken', 'key-damaged');
    fixture.kms.refusals.set(arn('1'), 'kms-access-denied');
    await fixture.settings.update((old) => ({ ...old, keyNames: { [arn('1')]: 'Team' } }));
    const keys: KeyEntry[] = [
      known('aws-kms', arn('1')),
      { state: 'damaged', provider: 'age', problem: 'its key is nonsense', raw: '{}' },
      { state: 'unknown', provider: 'tpm', raw: '{}' },
      known('local', 'local:AAAAAAAAAAAAAAAAAAAAAA'),
      known('age', 'age1broken'),
      known('age', 'age1wrong', wrongKey),
    ];
    const error = await failure(
      fixture.keyring.unwrap({ header, keys }, { accept, approveAccount: approveAll }),
    );
    expect(error.code).toBe('no-key-opens');
    expect(error.details['attempts']).toMatchObject([
      {
        provider: 'age',
        key: '',
        error: { code: 'key-damaged', details: { problem: 'its key is nonsense' } },
      },
      { provider: 'tpm', key: '' },
      { provider: 'local', key: 'local:AAAAAAAAAAAAAAAAAAAAAA' },
      { provider: 'age', key: 'age1broken', error: { code: 'key-damaged' } },
      { provider: 'age', key: 'age1wrong', error: { code: 'key-wrong' } },
      { provider: 'aws-kms', key: arn('1'), name: 'Team', error: { code: 'kms-access-denied' } },
    ]);
    expect(fixture.age.everyKeyIsWiped()).toBe(true);
  });

  it('opens with the second entry when the first is damaged', async () => {
    const keys: KeyEntry[] = [
      { state: 'damaged', provider: 'local', problem: 'cut', raw: '{}' },
      { ...known('age', 'age1x'), wrapped: new Uint8Array(3) } as KeyEntry,
      known('age', 'age1y'),
    ];
    const { dataKey, requestIds } = await fixture.keyring.unwrap({ header, keys }, { accept });
    expect(dataKey.bytes).toEqual(rightKey);
    expect(requestIds).toEqual(['unwrap-age1y']);
  });

  it('tries what needs no network first, even if it is listed last, and then does not load AWS', async () => {
    const keys = [known('aws-kms', arn('1')), known('aws-kms', arn('2')), known('age', 'age1x')];
    await fixture.keyring.unwrap({ header, keys }, { accept, approveAccount: approveAll });
    expect(fixture.age.calls).toEqual(['unwrap age1x']);
    expect(fixture.kms.calls).toEqual([]);
    expect(fixture.awsLoads).toBe(0);
  });

  it('tries KMS keys in file order and loads AWS once', async () => {
    fixture.kms.refusals.set(arn('2'), 'kms-offline');
    const keys = [known('aws-kms', arn('2')), known('aws-kms', arn('1')), known('aws-kms', arn('3'))];
    await fixture.keyring.unwrap({ header, keys }, { accept, approveAccount: approveAll });
    expect(fixture.kms.calls).toEqual([`unwrap ${arn('2')}`, `unwrap ${arn('1')}`]);
    expect(fixture.awsLoads).toBe(1);
  });

  it('ends at once when it is cancelled, and wipes a K that comes too late', async () => {
    const late = Promise.withResolvers<void>();
    fixture.age.delays.set('age1slow', late.promise);
    const controller = new AbortController();
    const keys = [known('age', 'age1slow'), known('age', 'age1next')];
    const waiting = failure(fixture.keyring.unwrap({ header, keys }, { accept, signal: controller.signal }));
    await new Promise(setImmediate);
    controller.abort();
    expect((await waiting).code).toBe('cancelled');
    expect(fixture.age.calls).toEqual(['unwrap age1slow']);
    late.resolve();
    await new Promise(setImmediate);
    expect(fixture.age.everyKeyIsWiped()).toBe(true);
  });

  it('does not hide a bug, and wipes K all the same', async () => {
    const keys = [known('age', 'age1x'), known('age', 'age1y')];
    await expect(fixture.keyring.unwrap({ header, keys }, { accept: bug })).rejects.toThrow(TypeError);
    expect(fixture.age.calls).toEqual(['unwrap age1x']);
    expect(fixture.age.everyKeyIsWiped()).toBe(true);
  });
});
