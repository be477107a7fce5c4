import { describe, expect, it } from 'vitest';
import { readPartialName } from './partial-name.ts';

const id = '6b1f2c1e-0d5a-4c5e-9b7a-2f6a3c1d9e10';

describe('readPartialName', () => {
  it.each([
    `${id}.enc.partial`,
    `.${id}.enc`,
    `.${id}.other.partial`,
    `.${id}.enc.partial\n`,
    `.${id}.enc.partial.enc`,
    `.${id.toUpperCase()}.enc.partial`,
    `.${id.replace('-4c', '-1c')}.enc.partial`,
    `folder/.${id}.enc.partial`,
    '.enc.partial',
  ])('is undefined for %j', (name) => {
    expect(readPartialName(name)).toBeUndefined();
  });

  it.each(['enc', 'envelope', 'plain'] as const)('reads .%s.partial', (part) => {
    expect(readPartialName(`.${id}.${part}.partial`)).toEqual({ id, part });
  });
});
