/** @file What stands on a recovery key's sheet, whatever it is written on: HTML, PDF or plain text. */
import { readFileSync } from 'node:fs';
import { groupsOf, IDENTITY_PREFIX } from '../../shared/identity-text.ts';
import { codeOf, type Modules } from './qr.ts';
import { sheetTexts, type SheetLanguage, type SheetText } from './sheet-text.ts';

/** SECURITY: a sheet holds the identity. It lives as long as somebody looks at it, and is written nowhere unasked. */
export type Sheet = {
  language: SheetLanguage;
  text: SheetText;
  /** `November 26, 2026`, as the language writes it. */
  made: string;
  prefix: string;
  groups: readonly string[];
  code: Modules;
  recipient: string;
  /** Lines of the program that opens without this one. */
  opener: readonly string[];
};

/** Beside this file, and beside the bundle. */
const OPENER = new URL('./opener.py', import.meta.url);

/** The program that opens what a recovery key opens, in Python, without this one. */
export const readOpener = (): string => readFileSync(OPENER, 'utf8');

export type SheetKey = { identity: string; recipient: string; made: string };

export function sheetOf({ identity, recipient, made }: SheetKey, language: SheetLanguage): Sheet {
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    language,
    text: sheetTexts[language],
    made: date.format(new Date(made)),
    prefix: IDENTITY_PREFIX,
    groups: groupsOf(identity),
    code: codeOf(identity),
    recipient,
    opener: readOpener().trimEnd().split('\n'),
  };
}
