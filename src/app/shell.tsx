import { Kbd, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, useEffect, useRef, useState } from 'react';
import { Outlet, ScrollRestoration, useLocation, useNavigate } from 'react-router';
import { askedState, useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';
import { undo } from '#shared/undo/undo-stack.ts';
import { keepFocus } from '#ui/keep-focus.ts';
import { type Shortcut, useShortcuts, useShortcutsSheet } from '#ui/shortcuts.ts';
import { LazyBoundary } from './lazy-boundary.tsx';
import { BottomNavigation, Navigation } from './navigation.tsx';
import classes from './shell.module.css';

/** The search box of the top bar: `/` focuses it, Enter searches all videos. Hidden on the page that has its own. */
function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const hidden = pathname === '/search';
  useHotkeys(hidden ? [] : [['/', () => input.current?.focus()]]);
  if (hidden) return <div />;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const query = text.trim();
    if (!query) return;
    setText('');
    useRecentSearches.getState().add(query);
    void navigate(`/search?q=${encodeURIComponent(query)}`, { state: askedState() });
  };
  return (
    <search style={{ flex: 1, maxWidth: 480 }}>
      <form onSubmit={submit}>
        <TextInput
          ref={input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder="Search all videos"
          aria-label="Search all videos (1 credit)"
          leftSection={<IconSearch size={16} />}
          rightSection={<Kbd size="xs">/</Kbd>}
        />
      </form>
    </search>
  );
}

const ShortcutsSheet = lazy(async () => ({ default: (await import('./shortcuts-sheet.tsx')).ShortcutsSheet }));

const KEYS: readonly Shortcut[] = [
  { keys: ['?'], does: 'Show keyboard shortcuts', run: () => useShortcutsSheet.getState().toggle() },
];

/** Shows the sheet of shortcuts on `?`; its code comes with the first press. */
function Shortcuts() {
  const { isOpen, toggle } = useShortcutsSheet();
  useShortcuts(KEYS);
  if (!isOpen) return null;
  return (
    <LazyBoundary>
      <ShortcutsSheet onClose={toggle} />
    </LazyBoundary>
  );
}

// None of these is seen before a page is, so they come after it.
const ProcessingNotifier = lazy(async () => ({
  default: (await import('#shared/processing/processing-notifier.tsx')).ProcessingNotifier,
}));
const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));
const HeaderTools = lazy(async () => ({ default: (await import('./header-tools.tsx')).HeaderTools }));

const openPalette = () =>
  void import('./command-palette.tsx').then(({ toggleCommandPalette }) => toggleCommandPalette());

/** The frame around every page: rail, top bar, content. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  useEffect(keepFocus, []);
  useHotkeys([['mod+Z', undo]]);
  useHotkeys([['mod+K', openPalette]], []);
  return (
    <>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <header className={classes.header}>
        <SearchBox />
        <div className={classes.tools}>
          <LazyBoundary>
            <HeaderTools onPalette={openPalette} />
          </LazyBoundary>
        </div>
      </header>
      <Navigation />
      <main ref={main} tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <BottomNavigation />
      <LazyBoundary>
        <ProcessingNotifier />
      </LazyBoundary>
      <LazyBoundary>
        <CommandPalette />
      </LazyBoundary>
      <Shortcuts />
      <ScrollRestoration />
    </>
  );
}
