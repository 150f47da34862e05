import { Kbd, Modal } from '@mantine/core';
import { scatterKeys } from '#features/map/scatter/scatter-keys.ts';
import { resultKeys } from '#features/search/result-keys.ts';
import { MARKER_KEYS, neighborKeys, timelineKeys } from '#features/video/video-keys.ts';
import { PLAYER_KEYS } from '#shared/player/player-keys.ts';
import type { Shortcut } from '#ui/shortcuts.ts';
import classes from './overlays.module.css';

type Shown = Pick<Shortcut, 'keys' | 'shown' | 'does'>;

const EVERYWHERE: readonly Shown[] = [
  { keys: ['/'], does: 'Search' },
  { keys: ['k'], shown: ['ctrl', 'K'], does: 'Find a video, a collection, a page or an action' },
  { keys: ['z'], shown: ['ctrl', 'Z'], does: 'Undo' },
  { keys: ['?'], does: 'Show keyboard shortcuts' },
];

const LISTS: readonly Shown[] = [
  { keys: ['arrows'], shown: ['← ↑ → ↓'], does: 'Move in a list' },
  { keys: [' '], shown: ['space'], does: 'Select' },
  { keys: ['arrows'], shown: ['shift', '← ↑ → ↓'], does: 'Select a range' },
  { keys: ['a'], shown: ['ctrl', 'A'], does: 'Select all' },
  { keys: ['Enter'], does: 'Open' },
  { keys: ['Delete'], does: 'Delete selected videos' },
];

const GROUPS: readonly (readonly [title: string, shortcuts: readonly Shown[]])[] = [
  ['Player', PLAYER_KEYS],
  ['Search results', resultKeys(null)],
  ['Markers', MARKER_KEYS],
  ['Timeline', [...timelineKeys(null), ...neighborKeys([])]],
  ['Map', scatterKeys(null, null)],
  ['Everywhere', EVERYWHERE],
  ['Library', LISTS],
];

const keyName = (key: string) => (key.length === 1 ? key.toUpperCase() : key);

/** All keys that do something, from the lists of shortcuts that the pages use. */
export function ShortcutsSheet({ onClose }: { onClose(): void }) {
  return (
    <Modal opened onClose={onClose} title="Keyboard shortcuts" size="xl">
      <div className={classes.groups}>
        {GROUPS.map(([title, shortcuts]) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl>
              {shortcuts.map(({ keys, shown, does }) => (
                <div key={does}>
                  <dt>
                    {(shown ?? keys).map((key) => (
                      <Kbd key={key} size="xs">
                        {shown ? key : keyName(key)}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
