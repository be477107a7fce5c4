import { expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { generateHere } from './generate-here.ts';

it('wipes the data key if it cannot be wrapped', async () => {
  let bytes: Uint8Array | undefined;
  const refusing = generateHere(
    {
      wrap: (_key, dataKey) => {
        bytes = dataKey.bytes;
        expect(bytes).not.toEqual(new Uint8Array(32));
        return Promise.reject(new EnvelopeError('key-locked', 'no'));
      },
    },
    'local:x',
    {},
  );
  await expect(refusing).rejects.toMatchObject({ code: 'key-locked' });
  expect(bytes).toEqual(new Uint8Array(32));
});
