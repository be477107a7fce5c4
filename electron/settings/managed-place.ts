/** A file, and the user id it must belong to. */
export type ManagedPlace = { file: string; owner: number };

const ROOT = 0;

/**
 * Where an administrator's settings for everybody on this computer are.
 *
 * SECURITY: the place is fixed. A variable of the environment, which whoever starts the program can set, must not be able
 * to name another.
 */
export function managedPlace(platform: string = process.platform): ManagedPlace {
  if (platform === 'win32') return { file: 'C:\\ProgramData\\Envelope\\policy.json', owner: ROOT };
  if (platform === 'darwin') {
    return { file: '/Library/Application Support/Envelope/policy.json', owner: ROOT };
  }
  return { file: '/etc/envelope/policy.json', owner: ROOT };
}
