import { IconTextScan2 } from '@tabler/icons-react';
import type { OnScreenText } from '#api/contracts/transcripts.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { usePlayer } from '#shared/player/studio-player.ts';
import { IconAction } from '#ui/icon-action.tsx';
import classes from './transcript.module.css';

const hasBox = ({ box }: OnScreenText): boolean => box.length === 4;
const percent = (fraction: number | undefined) => `${(fraction ?? 0) * 100}%`;

/** What is written in the picture at this time, drawn around where it is; nothing until people ask for it. */
export function TextBoxes({ texts }: { texts: readonly OnScreenText[] }) {
  const isShown = usePreferences(({ textBoxes }) => textBoxes);
  // A string, so that the boxes are drawn again only when other texts are in the picture.
  const ids = usePlayer(({ time }) =>
    texts
      .filter((text) => hasBox(text) && text.start_ms <= time * 1000 && time * 1000 < text.end_ms)
      .map(({ cue_id }) => cue_id)
      .join(),
  );
  if (!isShown || ids === '') return null;
  const shown = new Set(ids.split(','));
  return (
    <div className={classes.boxes} data-testid="text-boxes">
      {texts
        .filter(({ cue_id }) => shown.has(cue_id))
        .map(({ cue_id, text, box: [left = 0, top = 0, right = 0, bottom = 0] }) => (
          <span
            key={cue_id}
            style={{
              left: percent(left),
              top: percent(top),
              width: percent(right - left),
              height: percent(bottom - top),
            }}
          >
            <span>{text}</span>
          </span>
        ))}
    </div>
  );
}

/** Shows and hides the boxes; not there for a video without text in its picture. */
export function TextBoxesToggle({ texts }: { texts: readonly OnScreenText[] }) {
  const isShown = usePreferences(({ textBoxes }) => textBoxes);
  const set = usePreferences((state) => state.set);
  if (!texts.some(hasBox)) return null;
  return (
    <IconAction
      label={isShown ? 'Hide text in the picture' : 'Show text in the picture'}
      onClick={() => set({ textBoxes: !isShown })}
    >
      <IconTextScan2 size={18} />
    </IconAction>
  );
}
