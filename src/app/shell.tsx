import { ActionIcon, AppShell, Group, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconCommand, IconSettings } from '@tabler/icons-react';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { FinishNews } from '#components/pipelines/finish-news.tsx';
import { undo } from '#components/undo/undoable.tsx';
import { Navigation } from './navigation.tsx';
import { openPalette, Palette } from './palette.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import { SearchBox } from './search-box.tsx';
import classes from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';
import { WorkTray } from './work-tray.tsx';

/** The frame around every page: rail, top bar, content. */
export function Shell() {
  useHotkeys([['mod+Z', undo]]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 84, breakpoint: 'xs', collapsed: { mobile: true } }}
      padding="md"
      withBorder={false}
    >
      <AppShell.Header className={classes.header}>
        <SearchBox />
        <Group gap="xs" wrap="nowrap">
          <Tooltip label="Find anything (Ctrl K)">
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Find anything" onClick={openPalette}>
              <IconCommand size={19} stroke={1.6} />
            </ActionIcon>
          </Tooltip>
          <WorkTray />
          <SchemeToggle />
          <ActionIcon
            component={Link}
            to="/settings"
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Settings"
            hiddenFrom="xs"
          >
            <IconSettings size={19} stroke={1.6} />
          </ActionIcon>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.rail}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main className={classes.main}>
        <Outlet />
      </AppShell.Main>
      <div className={classes.bottom}>
        <Navigation />
      </div>
      <FinishNews />
      <Palette />
      <Shortcuts />
      <ScrollRestoration />
    </AppShell>
  );
}
