/**
 * @file The theme's variables as a constructed style sheet. Mantine would write them into a style element, which the
 * page's policy (no inline styles, trusted types) refuses; a constructed sheet needs no exception.
 */
import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import { ownVariables, theme } from './theme.ts';

const schemes = { dark: { '--mantine-color-scheme': 'dark' }, light: { '--mantine-color-scheme': 'light' } };

/** All variables of the theme, as CSS. */
export function themeCss(): string {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme);
  return [{ variables: {}, ...schemes }, defaultCssVariablesResolver(whole), ownVariables(whole)]
    .map((variables) => convertCssVariables(variables, ':root'))
    .join('');
}

export function adoptTheme(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(themeCss());
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
