import { beforeEach, expect, test, vi } from 'vitest';
import type { EngineListener } from './engine-types.ts';
import { PlayerController } from './player-controller.ts';

const source = { videoId: 'a', title: 'A', manifestUrl: '/a.m3u8' };
const other = { videoId: 'b', title: 'B', manifestUrl: '/b.m3u8' };

const engine = { open: vi.fn(async () => undefined), seek: vi.fn(), setLoop: vi.fn() };
const frames: (() => void)[] = [];
let listener: EngineListener;
let player: PlayerController<typeof engine>;

beforeEach(() => {
  vi.clearAllMocks();
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => void frames.push(draw));
  player = new PlayerController((given) => {
    listener = given;
    return engine;
  });
});

test('every request is carried out, and a video that is open stays open', () => {
  player.open(source, 4, true);
  expect(player.getState()).toMatchObject({ source, status: 'loading', time: 4 });
  expect(engine.open).toHaveBeenCalledExactlyOnceWith('/a.m3u8', { time: 4, play: true, until: null });
  listener.report({ status: 'playing', time: 6 });
  player.open({ ...source }, 4, true);
  player.open({ ...source }, 4, true);
  expect(player.getState().source).toBe(source);
  expect(player.getState().status).toBe('playing');
  player.seek(9);
  expect(engine.open).toHaveBeenCalledOnce();
  expect(engine.seek.mock.calls).toEqual([
    [{ time: 4, play: true, until: null }],
    [{ time: 4, play: true, until: null }],
    [{ time: 9, play: false, until: null }],
  ]);
});

test('a seek is carried out before anything is drawn for it', () => {
  player.open(source);
  for (const draw of frames.splice(0)) draw();
  const drawn = vi.fn();
  player.subscribe(drawn);
  player.playRange({ start: 3, end: 5 });
  expect(engine.seek).toHaveBeenCalledOnce();
  expect(player.getState().origin).toEqual({ time: 3 });
  expect(drawn).not.toHaveBeenCalled();
  for (const draw of frames.splice(0)) draw();
  expect(drawn).toHaveBeenCalledOnce();
});

test('another video is opened before anything is drawn for it', () => {
  const drawn = vi.fn();
  player.subscribe(drawn);
  engine.open.mockImplementationOnce(async () => {
    listener.report({ status: 'loading', time: 2 });
    return undefined;
  });
  player.open(source, 2);
  expect(engine.open).toHaveBeenCalledOnce();
  expect(player.getState()).toMatchObject({ source, status: 'loading', time: 2 });
  expect(drawn).not.toHaveBeenCalled();
  for (const draw of frames.splice(0)) draw();
  expect(drawn).toHaveBeenCalledOnce();
});

test('without an open video there is nothing to seek in', () => {
  player.seek(3, true);
  expect(engine.seek).not.toHaveBeenCalled();
});

test('ranges of several videos play one after the other, and end', () => {
  player.playInOrder([
    { source, start: 1, end: 2 },
    { source, start: 5, end: 6 },
    { source: other, start: 3, end: 4 },
  ]);
  expect(engine.open).toHaveBeenLastCalledWith('/a.m3u8', { time: 1, play: true, until: 2 });
  expect(listener.rangeEnded()).toBe(true);
  expect(engine.seek).toHaveBeenLastCalledWith({ time: 5, play: true, until: 6 });
  expect(player.getState()).toMatchObject({ source, playlist: { index: 1 } });
  expect(listener.rangeEnded()).toBe(true);
  expect(engine.open).toHaveBeenLastCalledWith('/b.m3u8', { time: 3, play: true, until: 4 });
  expect(player.getState().source).toBe(other);
  expect(listener.rangeEnded()).toBe(false);
  expect(player.getState().playlist).toBeNull();
});

test.each([
  ['stop', false, 0],
  ['loop', true, 1],
  ['next', true, 1],
  ['continue', true, 0],
] as const)('at the end of a range, “%s” is followed', (atEnd, goesOn, seeks) => {
  const items = [
    { source, start: 1, end: 2 },
    { source, start: 5, end: 6 },
    { source, start: 8, end: 9 },
  ];
  player.playInOrder(items, 1, 'next');
  expect(engine.open).toHaveBeenLastCalledWith('/a.m3u8', { time: 5, play: true, until: 6 });
  player.setRangeEnd(atEnd);
  expect(listener.rangeEnded()).toBe(goesOn);
  expect(engine.seek).toHaveBeenCalledTimes(seeks);
  const index = { stop: 1, loop: 1, next: 2, continue: undefined }[atEnd];
  expect(player.getState().playlist?.index).toBe(index);
});

test('a seek ends the list of ranges', () => {
  player.playInOrder([
    { source, start: 1, end: 2 },
    { source, start: 5, end: 6 },
  ]);
  player.seek(9, true);
  expect(engine.seek).toHaveBeenLastCalledWith({ time: 9, play: true, until: null });
  expect(listener.rangeEnded()).toBe(false);
});

test('a loop belongs to the video that was open', () => {
  player.open(source);
  player.setLoop({ start: 1, end: 2 });
  player.open({ ...source }, 5);
  expect(player.getState().loop).toEqual({ start: 1, end: 2 });
  player.open(other);
  expect(player.getState().loop).toBeNull();
  expect(engine.setLoop.mock.calls).toEqual([[{ start: 1, end: 2 }], [null]]);
});

test('subscribers hear of every change until they unsubscribe', () => {
  const seen: number[] = [];
  const stop = player.subscribe(() => seen.push(player.getState().time));
  listener.report({ time: 1 });
  listener.report({ time: 2 });
  stop();
  listener.report({ time: 3 });
  expect(seen).toEqual([1, 2]);
});
