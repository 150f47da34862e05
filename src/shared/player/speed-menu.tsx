import { Menu } from '@mantine/core';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import classes from './player.module.css';

const SPEEDS = [0.25, 0.5, 1, 1.25, 1.5, 2, 4];

/** How fast the video plays; kept from visit to visit. */
export function SpeedMenu() {
  const speed = usePreferences((state) => state.speed);
  const set = usePreferences((state) => state.set);
  return (
    <Menu position="top" width={90}>
      <Menu.Target>
        <button type="button" className={classes.speed} aria-label={`Speed: ${speed} times`}>
          {speed}×
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SPEEDS.map((rate) => (
          <Menu.Item key={rate} onClick={() => set({ speed: rate })} fw={rate === speed ? 700 : 400}>
            {rate}×
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
