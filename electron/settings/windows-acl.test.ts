import { describe, expect, it } from 'vitest';
import { sddlProblem } from './windows-acl.ts';

/** As Windows gives a file that an administrator made below ProgramData. */
const usual = 'O:BAG:S-1-5-21-1-2-3-513D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)';
/** A folder there: everybody may make something new in it, and nobody but administrators take anything away. */
const folder = 'O:BAG:DUD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;GA;;;CO)(A;CIID;DCLCRPCR;;;BU)';

describe('who may change a file on Windows', () => {
  it.each([
    ['as an administrator makes it', usual, 'file'],
    ['of the system, protected', 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;WD)', 'file'],
    ['with what is denied to others', `${usual}(D;;FW;;;BU)`, 'file'],
    ['a folder as an administrator makes it', folder, 'folder'],
    ['with an audit list behind it', `${usual}S:(AU;FA;FA;;;WD)`, 'file'],
  ] as const)('believes one %s', (_, sddl, kind) => {
    expect(sddlProblem(sddl, kind)).toBeUndefined();
  });

  it.each([
    ['owned by a user', usual.replace('O:BA', 'O:S-1-5-21-1-2-3-1001'), 'file', 'owner'],
    ['without an owner', usual.replace('O:BA', ''), 'file', 'owner'],
    ['that users may write', usual.replace('0x1200a9', '0x1301bf'), 'file', 'writable'],
    ['that users may append to', usual.replace('0x1200a9', '0x1200ad'), 'file', 'writable'],
    ['that everybody may do anything with', `${usual}(A;;GA;;;WD)`, 'file', 'writable'],
    ['that one user may modify', `${usual}(A;;FRFW;;;S-1-5-21-1-2-3-1001)`, 'file', 'writable'],
    ['whose permissions a user may change', `${usual}(A;;RCWD;;;S-1-5-21-1-2-3-1001)`, 'file', 'writable'],
    ['without a list of permissions', 'O:BAG:BA', 'file', 'writable'],
    ['whose list allows everything', 'O:BAG:BAD:NO_ACCESS_CONTROL', 'file', 'writable'],
    ['with a condition nobody reads here', `${usual}(XA;;FA;;;WD;(x))`, 'file', 'writable'],
    [
      'in a folder from which users may take files',
      folder.replace('DCLCRPCR', 'DCLCRPCRDT'),
      'folder',
      'writable',
    ],
    ['in a folder that users may do anything with', folder.replace('DCLCRPCR', 'FA'), 'folder', 'writable'],
    ['that is none', '', 'file', 'owner'],
  ] as const)('does not believe one %s', (_, sddl, kind, problem) => {
    expect(sddlProblem(sddl, kind)).toBe(problem);
  });
});
