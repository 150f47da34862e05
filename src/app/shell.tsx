import { AppShell } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, useRef } from 'react';
import { Outlet, ScrollRestoration } from 'react-router';
import { LazyBoundary } from './lazy-boundary.tsx';
import { Navigation } from './navigation.tsx';
import { SearchBox } from './search-box.tsx';
import classes from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';

// None of these is seen before a page is, so they come after it.
const ProcessingNotifier = lazy(async () => ({
  default: (await import('#shared/processing/processing-notifier.tsx')).ProcessingNotifier,
}));
const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));
const HeaderTools = lazy(async () => ({ default: (await import('./header-tools.tsx')).HeaderTools }));

const undo = () => void import('#shared/undo/undoable.tsx').then((last) => last.undo());
const openPalette = () =>
  void import('./command-palette.tsx').then(({ toggleCommandPalette }) => toggleCommandPalette());

/** The frame around every page: rail, top bar, content. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  useHotkeys([['mod+Z', undo]]);
  useHotkeys([['mod+K', openPalette]], []);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 84, breakpoint: 'xs', collapsed: { mobile: true } }}
      padding="md"
      withBorder={false}
    >
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <AppShell.Header className={classes.header}>
        <SearchBox />
        <div className={classes.tools}>
          <LazyBoundary>
            <HeaderTools onPalette={openPalette} />
          </LazyBoundary>
        </div>
      </AppShell.Header>
      <AppShell.Navbar className={classes.rail}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </AppShell.Main>
      <div className={classes.bottom}>
        <Navigation />
      </div>
      <LazyBoundary>
        <ProcessingNotifier />
      </LazyBoundary>
      <LazyBoundary>
        <CommandPalette />
      </LazyBoundary>
      <Shortcuts />
      <ScrollRestoration />
    </AppShell>
  );
}
