import type { Grant } from '../../shared/desktop.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Services } from '../app/services.ts';

/** A grant for a file that the program found itself. @throws EnvelopeError `source-missing`, and others of reading it */
export async function grantOf({ shell }: Services, file: string): Promise<Grant> {
  const { grants, refused } = await shell.grants.grant([file]);
  const [grant] = grants;
  if (grant !== undefined) return grant;
  const [why] = refused;
  throw why === undefined
    ? new EnvelopeError('source-missing', 'it went away meanwhile', { path: file })
    : EnvelopeError.fromRecord(why.error);
}
