import { beforeEach, expect, test, vi } from 'vitest';
import { LinkedPlayback } from './linked-playback.ts';

/** What the link uses of a video element. */
class Video extends EventTarget {
  paused = true;
  seeking = false;
  currentTime = 0;
  playbackRate = 1;
  tell(event: string, change: Partial<Video>): void {
    Object.assign(this, change);
    this.dispatchEvent(new Event(event));
  }
}

const createEngine = () => {
  const video = new Video();
  return {
    video,
    engine: {
      video: video as unknown as HTMLVideoElement,
      get playhead() {
        return video.currentTime;
      },
      seek: vi.fn(),
      pause: vi.fn(),
    },
  };
};

let leader: ReturnType<typeof createEngine>;
let follower: ReturnType<typeof createEngine>;
let linked: LinkedPlayback;
beforeEach(() => {
  leader = createEngine();
  follower = createEngine();
  linked = new LinkedPlayback(leader.engine, follower.engine);
});

test('the follower stays where it is until it is linked, and after', () => {
  leader.video.tell('seeking', { currentTime: 5 });
  expect(follower.engine.seek).not.toHaveBeenCalled();
  linked.link(5, 20);
  expect(follower.engine.seek).toHaveBeenLastCalledWith({ time: 20, play: false, until: null });
  linked.unlink();
  leader.video.tell('seeking', { currentTime: 9 });
  expect(follower.engine.seek).toHaveBeenCalledOnce();
});

test('playback, pauses and seeks of the leader apply to the follower', () => {
  linked.link(5, 20);
  leader.video.tell('play', { paused: false, currentTime: 5 });
  expect(follower.engine.seek).toHaveBeenLastCalledWith({ time: 20, play: true, until: null });
  leader.video.tell('seeking', { currentTime: 8 });
  expect(follower.engine.seek).toHaveBeenLastCalledWith({ time: 23, play: true, until: null });
  leader.video.tell('pause', { paused: true, currentTime: 8.5 });
  expect(follower.engine.pause).toHaveBeenCalled();
  expect(follower.engine.seek).toHaveBeenLastCalledWith({ time: 23.5, play: false, until: null });
});

test('the follower never seeks before its start', () => {
  linked.link(10, 2);
  leader.video.tell('seeking', { currentTime: 1 });
  expect(follower.engine.seek).toHaveBeenLastCalledWith({ time: 0, play: false, until: null });
});

test('a small drift changes the speed, a large one seeks', () => {
  linked.link(0, 10);
  leader.video.tell('play', { paused: false });
  follower.engine.seek.mockClear();
  follower.video.currentTime = 11.9;
  leader.video.tell('timeupdate', { currentTime: 2 });
  expect(follower.video.playbackRate).toBeCloseTo(1.1);
  leader.video.tell('ratechange', { playbackRate: 2 });
  expect(follower.video.playbackRate).toBeCloseTo(2.2);
  expect(follower.engine.seek).not.toHaveBeenCalled();
  leader.video.tell('timeupdate', { currentTime: 4 });
  expect(follower.engine.seek).toHaveBeenLastCalledWith({ time: 14, play: true, until: null });
});
