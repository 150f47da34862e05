import { Splitter, Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { useEditedMarker } from './video-keys.ts';
import classes from './workspace.module.css';

const TITLES = {
  segments: 'Segments',
  transcript: 'Transcript',
  search: 'Search',
  marks: 'Markers',
  chat: 'Chat',
} as const;
type PanelName = keyof typeof TITLES;
type Panels = Partial<Record<PanelName, ReactNode>>;

export interface WorkspaceProps {
  readonly stage: ReactNode;
  readonly timeline: ReactNode;
  /** Said between the two. */
  readonly notice: ReactNode;
  readonly panels: Panels;
  readonly chat: ReactNode;
}

/** Side by side where there is room, with edges that can be moved; in two columns, or one below the other, where not. */
export function Workspace({ stage, timeline, notice, panels, chat }: WorkspaceProps) {
  const isWide = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const isMedium = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const columns = usePreferences((state) => state.videoColumns);
  const set = usePreferences((state) => state.set);
  const main = (
    <div className={classes.main}>
      {stage}
      {notice}
      {timeline}
    </div>
  );
  if (isWide && chat) {
    return (
      <Splitter
        className={classes.wide}
        sizes={columns}
        onSizeChange={(sizes) => set({ videoColumns: sizes.map((size) => Number.parseFloat(String(size))) })}
        lineSize={12}
        classNames={{ thumb: classes.thumb }}
        handleColor="transparent"
      >
        <Splitter.Pane defaultSize={50} min={34} className={classes.pane}>
          {main}
        </Splitter.Pane>
        <Splitter.Pane defaultSize={24} min={16} className={classes.pane}>
          <PanelTabs panels={panels} />
        </Splitter.Pane>
        <Splitter.Pane defaultSize={26} min={18} className={classes.pane}>
          {chat}
        </Splitter.Pane>
      </Splitter>
    );
  }
  return (
    <div className={isMedium ? classes.medium : classes.narrow}>
      {main}
      <PanelTabs panels={chat ? { chat, ...panels } : panels} />
    </div>
  );
}

function PanelTabs({ panels }: { panels: Panels }) {
  const names = (Object.keys(TITLES) as PanelName[]).filter((name) => panels[name] !== undefined);
  const [shown, setShown] = useState<PanelName>('segments');
  const editedMarker = useEditedMarker((state) => state.id);
  const [lastEdited, setLastEdited] = useState(editedMarker);
  if (editedMarker !== lastEdited) {
    setLastEdited(editedMarker);
    if (editedMarker !== null) setShown('marks');
  }
  const open = names.includes(shown) ? shown : names[0];
  return (
    <Tabs
      value={open ?? null}
      onChange={(name) => setShown(names.find((known) => known === name) ?? 'segments')}
      className={classes.tabs}
      classNames={{ list: classes.tabList, tab: classes.tab }}
      keepMounted={false}
    >
      <Tabs.List>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {TITLES[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {names.map((name) => (
        <Tabs.Panel key={name} value={name} className={classes.panel}>
          {panels[name]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
