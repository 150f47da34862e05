import { ActionIcon, Loader, Menu, Paper } from '@mantine/core';
import {
  IconCheck,
  IconCode,
  IconEye,
  IconLayoutSidebarRightCollapse,
  IconLayoutSidebarRightExpand,
  IconLink,
  IconRefresh,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import type { ScatterPlot } from '#engines/scatter/scatter-plot.ts';
import { toSvg } from '#engines/scatter/to-svg.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useLayOutAgain } from '#shared/search/map-query.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { useCopy } from '#ui/copy.tsx';
import { ExportMenu } from '#ui/export-menu.tsx';
import { IconAction } from '#ui/icon-action.tsx';
import { saveBlob, saveFile } from '#ui/save-file.ts';
import { showFailure } from '#ui/show-failure.ts';
import classes from './map-page.module.css';

const LAYERS = [
  ['mapClusters', 'Cluster outlines and labels'],
  ['mapPath', 'Playback path'],
  ['mapAxes', 'Axes'],
] as const;

/** Places all points anew. */
function LayoutItem({ scope }: { scope: SearchScope }) {
  const { data: studio } = useQuery(studioQuery);
  const { mutate, isPending } = useLayOutAgain(scope);
  if (studio?.platform !== 'embedded') return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={isPending ? <Loader size={15} /> : <IconRefresh size={15} />}
        disabled={isPending}
        onClick={() =>
          mutate(undefined, {
            onError: showFailure('The layout could not be recomputed'),
          })
        }
      >
        Recompute layout
      </Menu.Item>
    </>
  );
}

interface PlotMenuProps {
  readonly scope: SearchScope;
  readonly plot: RefObject<ScatterPlot | null>;
  onCode(): void;
}

/** What the map shows beside its points, and ways to take it along. */
export function PlotMenu({ scope, plot, onCode }: PlotMenuProps) {
  const preferences = usePreferences();
  const { copy, copied } = useCopy();
  const savePng = () =>
    plot.current?.toCanvas().toBlob((blob) => {
      if (blob) saveBlob('map.png', blob);
    });
  return (
    <Paper className={classes.menu} data-on-plot>
      <Menu position="bottom-end" closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label="Display options" title="Display options">
            <IconEye size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {LAYERS.map(([name, label]) => (
            <Menu.Item
              key={name}
              role="menuitemcheckbox"
              aria-checked={preferences[name]}
              leftSection={<IconCheck size={15} visibility={preferences[name] ? 'visible' : 'hidden'} />}
              onClick={() => preferences.set({ [name]: !preferences[name] })}
            >
              {label}
            </Menu.Item>
          ))}
          <LayoutItem scope={scope} />
        </Menu.Dropdown>
      </Menu>
      <ExportMenu
        label="Export map"
        formats={[
          { name: 'PNG', save: savePng },
          {
            name: 'SVG',
            save: () => plot.current && saveFile('map.svg', toSvg(plot.current.scene), 'image/svg+xml'),
          },
        ]}
      />
      <IconAction label={copied ? 'Copied' : 'Copy a link to this view'} onClick={() => copy(window.location.href)}>
        {copied ? <IconCheck size={17} /> : <IconLink size={17} />}
      </IconAction>
      <IconAction label="Show as code" onClick={onCode}>
        <IconCode size={17} />
      </IconAction>
      <IconAction
        label={preferences.mapDock ? 'Hide the side panel' : 'Show the side panel'}
        onClick={() => preferences.set({ mapDock: !preferences.mapDock })}
      >
        {preferences.mapDock ? (
          <IconLayoutSidebarRightCollapse size={17} />
        ) : (
          <IconLayoutSidebarRightExpand size={17} />
        )}
      </IconAction>
    </Paper>
  );
}
