import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';

/** Graphite, from paper white to nearly black: quiet, so that the video stands out. */
const graphite: MantineColorsTuple = [
  '#e9ebee',
  '#c6cad1',
  '#a4a9b3',
  '#8d939e',
  '#5a606b',
  '#3a3f47',
  '#2a2e35',
  '#1f2228',
  '#16181c',
  '#0f1113',
];

/** The one accent, kept for what can be pressed. The darker half carries it on white. */
const amber: MantineColorsTuple = [
  '#fff6e6',
  '#ffe9c7',
  '#ffd591',
  '#ffc267',
  '#ffb454',
  '#f79f2e',
  '#d97f0c',
  '#a85b00',
  '#8a4a00',
  '#6b3900',
];

/** The page has a place for its scrollbar at all times (global.css): taking it away would move the page. */
const KEEP_SCROLLBAR = { removeScrollBar: false };

export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: '600' },
  colors: { dark: graphite, amber },
  primaryColor: 'amber',
  primaryShade: { light: 7, dark: 4 },
  // Mantine picks the text on a filled button for the light shade only; here each scheme has its own accent.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const isAccent = input.variant === 'filled' && (input.color ?? 'amber') === 'amber';
    return isAccent ? { ...colors, color: 'var(--studio-on-accent)' } : colors;
  },
  components: {
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } },
    Modal: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, removeScrollProps: KEEP_SCROLLBAR } },
    Drawer: { defaultProps: { removeScrollProps: KEEP_SCROLLBAR } },
    Spotlight: { defaultProps: { removeScrollProps: KEEP_SCROLLBAR } },
  },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
});
