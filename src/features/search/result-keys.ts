import type { Verdict } from '#shared/browser-data/reviews-store.ts';
import type { Shortcut } from '#ui/shortcuts.ts';
import { VERDICTS } from './verdicts.tsx';

interface ResultCommands {
  go(by: 1 | -1): void;
  toggleVerdict(verdict: Verdict): void;
}

/** The keys that go through the results and set verdicts; without results, for showing only. */
export const resultKeys = (commands: ResultCommands | null): readonly Shortcut[] => [
  { keys: ['n'], does: 'Next result', run: () => commands?.go(1) },
  { keys: ['p'], does: 'Previous result', run: () => commands?.go(-1) },
  ...VERDICTS.map(({ key, label, verdict }) => ({
    keys: [key],
    does: `${label} (press again to undo)`,
    run: () => commands?.toggleVerdict(verdict),
  })),
];
