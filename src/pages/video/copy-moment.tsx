import { IconCheck, IconLink } from '@tabler/icons-react';
import { IconAction } from '#components/layout/icon-action.tsx';
import { useCopy } from '#components/layout/use-copy.ts';
import { studioPlayer } from '#components/player/studio-player.ts';

/** Copies a link that opens this video at the frame that is shown. */
export function CopyMoment({ videoId }: { videoId: string }) {
  const { copy, copied } = useCopy();
  const link = () => `${window.location.origin}/videos/${videoId}?t=${studioPlayer.playhead.toFixed(3)}`;
  return (
    <IconAction label={copied ? 'Copied' : 'Copy a link to this moment'} onClick={() => copy(link())}>
      {copied ? <IconCheck size={18} /> : <IconLink size={18} />}
    </IconAction>
  );
}
