import { AppShell, Group } from '@mantine/core';
import { Outlet, ScrollRestoration } from 'react-router';
import { FinishNews } from '#components/pipelines/finish-news.tsx';
import { Navigation } from './navigation.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import { SearchBox } from './search-box.tsx';
import classes from './shell.module.css';
import { WorkTray } from './work-tray.tsx';

/** The frame around every page: rail, top bar, content. */
export function Shell() {
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 76, breakpoint: 'xs', collapsed: { mobile: true } }}
      padding="md"
      withBorder={false}
    >
      <AppShell.Header className={classes.header}>
        <SearchBox />
        <Group gap="xs" wrap="nowrap">
          <WorkTray />
          <SchemeToggle />
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
      <ScrollRestoration />
    </AppShell>
  );
}
