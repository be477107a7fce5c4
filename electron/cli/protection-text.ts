import type { Protection } from '../keys/local-file.ts';
import type { KeyDescription } from '../keys/provider.ts';

const protections: Record<Protection, string> = {
  os: 'kept by the key store of the system',
  passphrase: 'protected by a passphrase',
  file: 'protected by the permissions of its file only: whoever can read your files can use it',
};

/** How a local key is kept, said truthfully. */
export function protectionText({ protection = 'file', readableByOthers }: Partial<KeyDescription>): string {
  return protection === 'file' && readableByOthers === true
    ? 'not protected: other users of this computer can read its file'
    : protections[protection];
}
