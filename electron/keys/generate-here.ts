import type { EncryptionContext } from '../../shared/envelope.ts';
import { DataKey } from './data-key.ts';
import type { CallOptions, KeyProvider, Unwrapping, Wrapping } from './provider.ts';

/** `generate` where no service makes data keys: the operating system's random generator, then `wrap`. */
export async function generateHere(
  provider: Pick<KeyProvider, 'wrap'>,
  key: string,
  context: EncryptionContext,
  options?: CallOptions,
): Promise<Unwrapping & Wrapping> {
  const dataKey = DataKey.generate();
  try {
    return { dataKey, ...(await provider.wrap(key, dataKey, context, options)) };
  } catch (error) {
    dataKey.wipe();
    throw error;
  }
}
