/** Pictures side by side in a video's scrub strip, evenly spread over its length. Apart from FFmpeg: the routes need it too. */
export const SCRUB_FRAMES = 12;
