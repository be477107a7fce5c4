/** @file What a person is asked where the window can be seen (`npm run preview`), by Chromium's own small dialogs. */
import { askWhilePaused } from './isolated-world.ts';

export type PersonalQuestion =
  | { kind: 'files'; multiple: boolean }
  /** A folder, or a file that is to be written. */
  | { kind: 'path'; title: string; suggested: string }
  | { kind: 'yes-no'; text: string };

/** @returns paths; or for yes and no, the word `yes` or nothing */
export async function askPerson(question: PersonalQuestion): Promise<string[]> {
  switch (question.kind) {
    case 'files':
      return await chooseFiles(question.multiple);
    case 'path':
      return [window.prompt(question.title, question.suggested) ?? ''].filter(Boolean);
    case 'yes-no':
      return window.confirm(question.text) ? ['yes'] : [];
    default:
      throw new Error('not a question');
  }
}

export async function chooseFiles(multiple: boolean): Promise<string[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = multiple;
  return await new Promise((resolve) => {
    input.addEventListener('change', () => resolve(askWhilePaused([...(input.files ?? [])])));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}
