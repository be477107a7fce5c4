/** @file Who may change a file on Windows, where permission bits say nothing. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** By its full name: a variable of the environment must not choose the program that judges. */
const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
const TIMEOUT_MS = 20_000;

/** SYSTEM, Administrators and TrustedInstaller, as SDDL writes them. */
const administrators = new Set([
  'SY',
  'BA',
  'S-1-5-18',
  'S-1-5-32-544',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]);

/** Rights that change what a permission is about: as SDDL names them, and as bits. */
type Rights = { names: ReadonlySet<string>; bits: number };

/** Writing, appending, attributes, deleting, and changing permissions or the owner. */
const ofFile: Rights = {
  names: new Set(['FA', 'FW', 'GA', 'GW', 'DC', 'LC', 'RP', 'DT', 'CR', 'SD', 'WD', 'WO']),
  bits: 0x500d_0156,
};

/** Deleting what is in it. Making something new there, which Windows lets everybody do, touches no file that is there. */
const ofFolder: Rights = { names: new Set(['FA', 'GA', 'DT', 'WD', 'WO']), bits: 0x100c_0040 };

/** An entry that allows nothing here, only in what is made below. */
const INHERIT_ONLY = 'IO';

function isChanging(rights: string, { names, bits }: Rights): boolean {
  if (/^0x[0-9a-f]+$/i.test(rights)) return (Number(rights) & bits) !== 0;
  return (rights.match(/../g) ?? []).some((right) => names.has(right));
}

/**
 * What the security descriptor `sddl` of a file or folder lets others than administrators do: own the file, or change it. What cannot be
 * read counts as `writable`: an absent list of permissions allows everything.
 */
export function sddlProblem(sddl: string, kind: 'file' | 'folder'): 'owner' | 'writable' | undefined {
  const owner = /^O:(?<owner>.*?)(?=G:|D:|S:|$)/.exec(sddl.trim())?.groups?.['owner'] ?? '';
  if (!administrators.has(owner)) return 'owner';
  const list = /D:(?<flags>[A-Z_]*)(?<entries>(?:\([^()]*\))*)(?=S:|$)/.exec(sddl.trim())?.groups;
  if (list === undefined || list['flags']?.includes('NO_ACCESS_CONTROL') === true) return 'writable';
  const entries = (list['entries'] ?? '').split(/[()]+/).filter((entry) => entry !== '');
  for (const entry of entries) {
    const [type = '', flags = '', rights = '', , , who = ''] = entry.split(';');
    if (type === 'D' || type === 'OD' || flags.includes(INHERIT_ONLY)) continue;
    if (type !== 'A') return 'writable';
    if (!administrators.has(who) && isChanging(rights, kind === 'file' ? ofFile : ofFolder))
      return 'writable';
  }
  return undefined;
}

/** What others than administrators may do with `file`, or with `folder`; `unreadable` if Windows does not say. */
export async function aclProblem(
  file: string,
  folder: string,
): Promise<'owner' | 'writable' | 'unreadable' | undefined> {
  try {
    return sddlProblem(await sddlOf(file), 'file') ?? sddlProblem(await sddlOf(folder), 'folder');
  } catch {
    return 'unreadable';
  }
}

async function sddlOf(file: string): Promise<string> {
  const command = `(Get-Acl -LiteralPath '${file.replaceAll("'", "''")}').Sddl`;
  const { stdout } = await promisify(execFile)(
    POWERSHELL,
    ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', command],
    { windowsHide: true, timeout: TIMEOUT_MS, env: { SystemRoot: 'C:\\Windows' } },
  );
  return stdout;
}
