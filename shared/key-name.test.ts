import { expect, it } from 'vitest';
import { keyNameIn } from './key-name.ts';

it('only a name that nobody gave has another word', () => {
  expect(keyNameIn('这台电脑', 'This computer')).toBe('这台电脑');
  expect(keyNameIn('这台电脑', 'This computer (2)')).toBe('这台电脑 (2)');
  expect(keyNameIn('这台电脑', 'This computer at home')).toBe('This computer at home');
  expect(keyNameIn('这台电脑', 'alias/This computer')).toBe('alias/This computer');
});
