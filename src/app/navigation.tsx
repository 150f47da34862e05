import {
  IconLayoutGrid,
  IconMap2,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTimeline,
  IconUpload,
  IconVector,
} from '@tabler/icons-react';
import { NavLink } from 'react-router';
import classes from './shell.module.css';

export const PAGES = [
  { to: '/library', label: 'Library', Icon: IconLayoutGrid },
  { to: '/upload', label: 'Upload', Icon: IconUpload },
  { to: '/pipelines', label: 'Pipelines', Icon: IconTimeline },
  { to: '/collections', label: 'Collections', Icon: IconStack2 },
  { to: '/search', label: 'Search', Icon: IconSearch },
  { to: '/map', label: 'Map', Icon: IconMap2 },
  { to: '/embeddings', label: 'Embeddings', Icon: IconVector },
  { to: '/settings', label: 'Settings', Icon: IconSettings },
];

export function Navigation() {
  return (
    <nav className={classes.navigation} aria-label="Pages">
      {PAGES.map(({ to, label, Icon }) => (
        <NavLink key={to} to={to} className={classes.link}>
          <Icon size={21} stroke={1.6} aria-hidden />
          <span>{label}</span>
        </NavLink>
      ))}
    </nav>
  );
}
