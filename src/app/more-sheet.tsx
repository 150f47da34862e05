import { Drawer } from '@mantine/core';
import type { ComponentType } from 'react';
import { NavLink } from 'react-router';
import classes from './overlays.module.css';

interface MoreSheetProps {
  readonly pages: readonly {
    readonly to: string;
    readonly label: string;
    readonly Icon: ComponentType<{ size: number; stroke: number; 'aria-hidden': boolean }>;
  }[];
  onClose(): void;
}

/** The pages that the bottom bar has no room for. */
export function MoreSheet({ pages, onClose }: MoreSheetProps) {
  return (
    <Drawer
      opened
      onClose={onClose}
      position="bottom"
      size="calc(300px + env(safe-area-inset-bottom, 0px))"
      title="More"
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: classes.sheet }}
    >
      {pages.map(({ to, label, Icon }) => (
        <NavLink key={to} to={to} className={classes.sheetLink} onClick={onClose}>
          <Icon size={22} stroke={1.6} aria-hidden />
          {label}
        </NavLink>
      ))}
    </Drawer>
  );
}
