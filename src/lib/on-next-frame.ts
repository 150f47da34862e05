/**
 * Calls `listener` with the media time (seconds) of the next frame that is shown. Where the browser does not report video
 * frames (Firefox before 132), the next animation frame and the current time stand in.
 */
export function onNextFrame(video: HTMLVideoElement, listener: (mediaTime: number) => void): void {
  if (typeof video.requestVideoFrameCallback === 'function') {
    video.requestVideoFrameCallback((_now, { mediaTime }) => listener(mediaTime));
  } else requestAnimationFrame(() => listener(video.currentTime));
}
