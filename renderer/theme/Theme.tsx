import { MantineProvider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, type ReactNode } from 'react';
import type { Appearance } from '../../shared/settings.ts';
import { theme } from './theme.ts';

/** The scheme is the settings' alone: nothing is kept in the page. */
const noStorage = {
  get: <Scheme,>(scheme: Scheme) => scheme,
  set: () => {},
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => {},
};

function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

/** Light or dark as the settings or the system want it; `data-contrast="more"` on the root asks for more contrast. */
export function Theme({ appearance, children }: { appearance: Appearance; children: ReactNode }) {
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)', false, { getInitialValueInEffect: false });
  const systemContrast = useMediaQuery('(prefers-contrast: more)', false, { getInitialValueInEffect: false });
  const scheme = appearance === 'light' || appearance === 'dark' ? appearance : systemDark ? 'dark' : 'light';
  const contrast = appearance === 'contrast' || systemContrast;
  useEffect(() => {
    document.documentElement.dataset['contrast'] = contrast ? 'more' : 'normal';
  }, [contrast]);
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={scheme}
      colorSchemeManager={noStorage}
      getStyleNonce={styleNonce}
      withCssVariables={false}
      withGlobalClasses={false}
    >
      {children}
    </MantineProvider>
  );
}
