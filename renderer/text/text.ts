/**
 * @file Every sentence of the page. English sets the shape; a sentence that is missing in the other language does not
 * compile. One area is one pair of files; a component says `const { text, format } = useLanguage()`.
 */
import { accessEn } from './access.en.ts';
import { accessZh } from './access.zh.ts';
import { cardEn } from './card.en.ts';
import { cardZh } from './card.zh.ts';
import { commonEn } from './common.en.ts';
import { commonZh } from './common.zh.ts';
import { copiesEn } from './copies.en.ts';
import { copiesZh } from './copies.zh.ts';
import { deniedEn } from './denied.en.ts';
import { deniedZh } from './denied.zh.ts';
import { errorsEn } from './errors.en.ts';
import { errorsZh } from './errors.zh.ts';
import { filesEn } from './files.en.ts';
import { filesZh } from './files.zh.ts';
import { keysEn } from './keys.en.ts';
import { keysZh } from './keys.zh.ts';
import { healthEn } from './health.en.ts';
import { healthZh } from './health.zh.ts';
import type { Language } from './language.ts';
import { notesEn, type NotesText } from './notes.en.ts';
import { notesZh } from './notes.zh.ts';
import { policyEn } from './policy.en.ts';
import { policyZh } from './policy.zh.ts';
import { locateEn } from './locate.en.ts';
import { locateZh } from './locate.zh.ts';
import { promptsEn } from './prompts.en.ts';
import { promptsZh } from './prompts.zh.ts';
import { recoveryEn } from './recovery.en.ts';
import { recoveryZh } from './recovery.zh.ts';
import { settingsEn } from './settings.en.ts';
import { settingsZh } from './settings.zh.ts';
import { trustEn } from './trust.en.ts';
import { trustZh } from './trust.zh.ts';
import { updatesEn } from './updates.en.ts';
import { updatesZh } from './updates.zh.ts';
import { waitingEn } from './waiting.en.ts';
import { waitingZh } from './waiting.zh.ts';
import { signInEn } from './sign-in.en.ts';
import { signInZh } from './sign-in.zh.ts';

const en = {
  common: commonEn,
  files: filesEn,
  errors: errorsEn,
  card: cardEn,
  keys: keysEn,
  notes: notesEn as NotesText,
  health: healthEn,
  prompts: promptsEn,
  recovery: recoveryEn,
  settings: settingsEn,
  signIn: signInEn,
  access: accessEn,
  trust: trustEn,
  policy: policyEn,
  copies: copiesEn,
  denied: deniedEn,
  locate: locateEn,
  waiting: waitingEn,
  updates: updatesEn,
};
export type Text = typeof en;
const zh: Text = {
  common: commonZh,
  files: filesZh,
  errors: errorsZh,
  card: cardZh,
  keys: keysZh,
  notes: notesZh,
  health: healthZh,
  prompts: promptsZh,
  recovery: recoveryZh,
  settings: settingsZh,
  signIn: signInZh,
  access: accessZh,
  trust: trustZh,
  policy: policyZh,
  copies: copiesZh,
  denied: deniedZh,
  locate: locateZh,
  waiting: waitingZh,
  updates: updatesZh,
};

export const texts: Record<Language, Text> = { en, 'zh-CN': zh };
