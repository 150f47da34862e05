import { expect, test } from 'vitest';
import { usePlayer } from './player.ts';

const source = { videoId: 'a', title: 'A', manifestUrl: '/a.m3u8' };

test('every order is a new one, and a video that is open stays open', () => {
  const { open, seek } = usePlayer.getState();
  open(source, 4, true);
  const first = usePlayer.getState();
  expect([first.source, first.status, first.order]).toEqual([source, 'loading', { number: 1, time: 4, play: true }]);
  usePlayer.getState().report({ status: 'playing', time: 6 });
  open({ ...source }, 4, true);
  expect(usePlayer.getState().source).toBe(source);
  expect(usePlayer.getState().status).toBe('playing');
  seek(4);
  expect(usePlayer.getState().order).toEqual({ number: 3, time: 4, play: false });
});
