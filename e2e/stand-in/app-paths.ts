/** @file `app.getPath` on Linux: Electron's rules, with `--user-data-dir` heeded. */
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

export type PathName = Parameters<Electron.App['getPath']>[0];

export function appPath(name: PathName, appName: string, userDataDir: string): string {
  const home = homedir();
  const appData = process.env.XDG_CONFIG_HOME ?? path.join(home, '.config');
  const userData = userDataDir === '' ? path.join(appData, appName) : path.resolve(userDataDir);
  const places: Partial<Record<PathName, string>> = {
    home,
    appData,
    userData,
    sessionData: userData,
    logs: path.join(userData, 'logs'),
    temp: tmpdir(),
    exe: process.execPath,
    desktop: path.join(home, 'Desktop'),
    documents: path.join(home, 'Documents'),
    downloads: path.join(home, 'Downloads'),
  };
  const place = places[name];
  if (place === undefined) throw new Error(`Failed to get '${name}' path`);
  return place;
}
