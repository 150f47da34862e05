import { IconCheck, IconLink } from '@tabler/icons-react';
import { player } from '#shared/player/studio-player.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { useCopy } from '#ui/use-copy.ts';

/** Copies a link that opens this video at the frame that is shown. */
export function CopyLink({ videoId }: { videoId: string }) {
  const { copy, copied } = useCopy();
  const link = () => `${window.location.origin}/videos/${videoId}?t=${player.engine.playhead.toFixed(3)}`;
  return (
    <IconAction label={copied ? 'Copied' : 'Copy a link to this time'} onClick={() => copy(link())}>
      {copied ? <IconCheck size={18} /> : <IconLink size={18} />}
    </IconAction>
  );
}
