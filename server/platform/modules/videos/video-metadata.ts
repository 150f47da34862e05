import type { AudioTrack, VideoMetadata } from '../../tasks/protocol.ts';

/**
 * `video_metadata` as the API sends it: the document's fields are in snake case, and so are all of these. The recording date is a
 * field of the video itself.
 */
export function toVideoMetadata(metadata: VideoMetadata) {
  const { bitRate, video, audio, audioTracks = [], subtitleTracks = [], recordedAt: _recordedAt, ...rest } = metadata;
  return {
    ...rest,
    bit_rate: bitRate,
    video: toVideoTrack(video),
    audio: audio && toAudioTrack(audio),
    audio_tracks: audioTracks.map(toAudioTrack),
    subtitle_tracks: subtitleTracks,
  };
}

const toVideoTrack = ({ frameRate, ...rest }: VideoMetadata['video']) => ({ ...rest, frame_rate: frameRate });

const toAudioTrack = ({ sampleRate, ...rest }: AudioTrack) => ({
  ...rest,
  sample_rate: sampleRate,
});
