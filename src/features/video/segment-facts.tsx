import type { SegmentDetails } from '#api/contracts/segments.ts';
import classes from './panels.module.css';

/** The basic color words as a screen shows them. */
const SHADES: Readonly<Record<string, string>> = {
  black: '#1c1d20',
  gray: '#85898f',
  white: '#eceef0',
  red: '#c8453c',
  orange: '#db8436',
  yellow: '#dcc04a',
  green: '#5a9a55',
  cyan: '#56aeb5',
  blue: '#4a74bd',
  purple: '#8a63b3',
  pink: '#d383a5',
  brown: '#85634a',
};

/** The colors of a segment, as wide as their share of the picture. */
export function Palette({ details }: { details: SegmentDetails }) {
  return (
    <span className={classes.palette} title={details.colors.map(({ name }) => name).join(', ')}>
      {details.colors.map(({ name, share }) => (
        <i key={name} style={{ flexGrow: Math.max(0.02, share), background: SHADES[name] ?? name }} />
      ))}
    </span>
  );
}

/** What analyse saw in a segment, in a few words each. */
export function SegmentFacts({ details }: { details: SegmentDetails }) {
  const { objects, motion, camera_moves, faces, time_of_day } = details;
  const facts = [
    ...objects.map(({ label, count, moving }) => `${count > 1 ? `${count} × ` : ''}${label}${moving ? ' →' : ''}`),
    ...(faces > 0 ? [faces === 1 ? 'a face' : `${faces} faces`] : []),
    motion === 'still' ? 'still' : `${motion} motion`,
    ...(camera_moves ? ['camera moves'] : []),
    ...(time_of_day === 'night' ? ['night'] : []),
  ];
  return (
    <span className={classes.facts}>
      {facts.map((fact) => (
        <em key={fact}>{fact}</em>
      ))}
    </span>
  );
}
