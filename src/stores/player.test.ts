import { beforeEach, expect, test } from 'vitest';
import { usePlayer } from './player.ts';

const source = { videoId: 'a', title: 'A', manifestUrl: '/a.m3u8' };
const other = { videoId: 'b', title: 'B', manifestUrl: '/b.m3u8' };

beforeEach(() => usePlayer.setState(usePlayer.getInitialState(), true));

test('every order is a new one, and a video that is open stays open', () => {
  const { open, seek } = usePlayer.getState();
  open(source, 4, true);
  const first = usePlayer.getState();
  expect([first.source, first.status]).toEqual([source, 'loading']);
  expect(first.order).toEqual({ number: 1, time: 4, play: true, until: null });
  usePlayer.getState().report({ status: 'playing', time: 6 });
  open({ ...source }, 4, true);
  expect(usePlayer.getState().source).toBe(source);
  expect(usePlayer.getState().status).toBe('playing');
  seek(4);
  expect(usePlayer.getState().order).toEqual({ number: 3, time: 4, play: false, until: null });
});

test('moments of several videos play one after the other, and end', () => {
  const { playInOrder, intervalEnded } = usePlayer.getState();
  playInOrder([
    { source, start: 1, end: 2 },
    { source, start: 5, end: 6 },
    { source: other, start: 3, end: 4 },
  ]);
  expect(usePlayer.getState().order).toMatchObject({ time: 1, until: 2, play: true });
  expect(intervalEnded()).toBe(true);
  expect(usePlayer.getState()).toMatchObject({ source, order: { time: 5, until: 6 }, program: { index: 1 } });
  expect(intervalEnded()).toBe(true);
  expect(usePlayer.getState()).toMatchObject({ source: other, order: { time: 3, until: 4 } });
  expect(intervalEnded()).toBe(false);
  expect(usePlayer.getState().program).toBeNull();
});

test('whoever seeks takes over from the moments in order', () => {
  const { playInOrder, seek, intervalEnded } = usePlayer.getState();
  playInOrder([
    { source, start: 1, end: 2 },
    { source, start: 5, end: 6 },
  ]);
  seek(9, true);
  expect(usePlayer.getState().order).toMatchObject({ time: 9, until: null });
  expect(intervalEnded()).toBe(false);
});

test('another video has its own loop', () => {
  const { open, setLoop } = usePlayer.getState();
  open(source);
  setLoop({ start: 1, end: 2 });
  open({ ...source }, 5);
  expect(usePlayer.getState().loop).toEqual({ start: 1, end: 2 });
  open(other);
  expect(usePlayer.getState().loop).toBeNull();
});
