import {
  IconDots,
  IconLayoutGrid,
  IconMap2,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTimeline,
  IconUpload,
  IconVector,
} from '@tabler/icons-react';
import { lazy, useState } from 'react';
import { NavLink, useLocation } from 'react-router';
import { LazyBoundary } from './lazy-boundary.tsx';
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

type Page = (typeof PAGES)[number];

/** What a thumb's width holds; the other pages are behind “More”. */
const BOTTOM_PAGES = new Set(['/library', '/upload', '/search', '/map']);
const MORE_PAGES = PAGES.filter(({ to }) => !BOTTOM_PAGES.has(to));

const SavedSearchBadge = lazy(async () => ({ default: (await import('./saved-search-badge.tsx')).SavedSearchBadge }));

const toLink = ({ to, label, Icon }: Page) => (
  <NavLink key={to} to={to} className={classes.link}>
    <Icon size={21} stroke={1.6} aria-hidden />
    <span>{label}</span>
    {to === '/search' && (
      <LazyBoundary>
        <SavedSearchBadge />
      </LazyBoundary>
    )}
  </NavLink>
);

/** The rail. */
export function Navigation() {
  return (
    <nav className={classes.rail} aria-label="Pages">
      {PAGES.map(toLink)}
    </nav>
  );
}

const MoreSheet = lazy(async () => ({ default: (await import('./more-sheet.tsx')).MoreSheet }));

/** The bar at the bottom of a phone. */
export function BottomNavigation() {
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  const isHere = MORE_PAGES.some(({ to }) => pathname.startsWith(to));
  return (
    <nav className={classes.bottom} aria-label="Pages">
      {PAGES.filter(({ to }) => BOTTOM_PAGES.has(to)).map(toLink)}
      <button
        type="button"
        className={classes.link}
        aria-expanded={isOpen}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => setOpen(true)}
      >
        <IconDots size={21} stroke={1.6} aria-hidden />
        <span>More</span>
      </button>
      {isOpen && (
        <LazyBoundary>
          <MoreSheet pages={MORE_PAGES} onClose={() => setOpen(false)} />
        </LazyBoundary>
      )}
    </nav>
  );
}
