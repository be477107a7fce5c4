/** @file The theme: Mantine's components with our colours, font and shapes. */
import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';
import { amber, brick, night, sea } from './colours.ts';

const sans =
  "'Inter Variable', system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** What is written on the accent. */
const contrast = 'var(--mantine-primary-color-contrast)';

/** Mantine chooses the text of the accent by the light scheme alone; its variable knows the scheme. */
const variants: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  if ((input.color ?? input.theme.primaryColor) !== input.theme.primaryColor) return colours;
  if (input.variant === 'filled') return { ...colours, color: contrast };
  if (input.variant === 'subtle') return { ...colours, color: 'var(--accent-text)' };
  if (input.variant !== 'light') return colours;
  return {
    ...colours,
    color: 'var(--accent-text)',
    background: 'var(--accent-ground)',
    hover: 'var(--accent-hover)',
    border: '1px solid var(--accent-line)',
  };
};

export const theme = createTheme({
  colors: { sea, dark: night, brick, amber },
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  variantColorResolver: variants,
  respectReducedMotion: true,
  defaultRadius: 'md',
  fontFamily: sans,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: sans, fontWeight: '600' },
  cursorType: 'pointer',
  components: {
    // The page itself never scrolls, so there is nothing to lock: the lock would need a style element of its own.
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        padding: 'lg',
        radius: 'lg',
        overlayProps: { backgroundOpacity: 0.4 },
      },
    },
    Drawer: { defaultProps: { lockScroll: false } },
    Checkbox: { defaultProps: { iconColor: contrast } },
    Radio: { defaultProps: { iconColor: contrast } },
    Popover: { defaultProps: { shadow: 'md', withinPortal: true } },
    Button: { defaultProps: { loaderProps: { type: 'dots' } } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
  },
});

/** Variables beside Mantine's own: text with enough contrast (WCAG 2.2 AA) on every ground that we use. */
export const ownVariables: CSSVariablesResolver = () => ({
  variables: { '--mark': '#1c6d66' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-brick-8)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--page': '#f6f8f8',
    '--surface': '#ffffff',
    '--head': '#f1f5f5',
    '--line': 'var(--mantine-color-gray-3)',
    '--accent-text': 'var(--mantine-color-sea-8)',
    '--accent-ground': 'var(--mantine-color-sea-0)',
    '--accent-hover': 'var(--mantine-color-sea-1)',
    '--accent-line': 'var(--mantine-color-sea-2)',
    '--danger-text': 'var(--mantine-color-brick-8)',
    '--danger-ground': 'var(--mantine-color-brick-0)',
    '--warning-text': 'var(--mantine-color-amber-8)',
    '--warning-ground': 'var(--mantine-color-amber-0)',
  },
  dark: {
    '--mantine-color-body': 'var(--mantine-color-dark-7)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-brick-4)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--page': 'var(--mantine-color-dark-8)',
    '--surface': 'var(--mantine-color-dark-7)',
    '--head': '#202a2e',
    '--line': 'var(--mantine-color-dark-5)',
    '--accent-text': 'var(--mantine-color-sea-3)',
    '--accent-ground': '#1c3532',
    '--accent-hover': '#21423e',
    '--accent-line': '#2b5650',
    '--danger-text': 'var(--mantine-color-brick-4)',
    '--danger-ground': '#33211f',
    '--warning-text': 'var(--mantine-color-amber-4)',
    '--warning-ground': '#322a18',
  },
});
