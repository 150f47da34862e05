import { beforeEach, expect, test } from 'vitest';
import { clearSettled, forgetUploads, getCachedFile, moveInQueue, startStaged, useUploads } from './uploads-store.ts';

const picked = (name: string) => ({ file: new File(['abc'], name), handle: null });
const items = () => useUploads.getState().items;
const getId = (name: string) => items().find(({ filename }) => filename === name)?.id ?? '';

beforeEach(() =>
  useUploads.setState({
    items: [],
    uploadOptions: { processWhenReady: false, useDynamicHls: false, collection: null },
  }),
);

test('picked files wait to be started, and one that cannot be says why', () => {
  useUploads.getState().stage(picked('a.mp4'), null);
  useUploads.getState().stage(picked('b.txt'), null, 'This is not a video file.');
  expect(items().map(({ name, phase, error }) => [name, phase, error])).toEqual([
    ['a', 'staged', null],
    ['b.txt', 'refused', 'This is not a video file.'],
  ]);
  expect(getCachedFile(getId('a.mp4'))?.size).toBe(3);
  startStaged();
  expect(items().map(({ phase }) => phase)).toEqual(['queued', 'refused']);
});

test("a folder's collection goes before the wished one, and a collection asks for processing", () => {
  useUploads.getState().stage(picked('in-folder.mp4'), 'Holiday');
  useUploads.getState().stage(picked('alone.mp4'), null);
  useUploads.getState().setUploadOptions({ collection: 'Everything' });
  startStaged();
  expect(items().map(({ collection, processWhenReady }) => [collection, processWhenReady])).toEqual([
    ['Holiday', true],
    ['Everything', true],
  ]);
});

test('the queue can be put in another order', () => {
  for (const name of ['a.mp4', 'b.mp4', 'c.mp4']) useUploads.getState().stage(picked(name), null);
  moveInQueue(getId('c.mp4'), -1);
  expect(items().map(({ filename }) => filename)).toEqual(['a.mp4', 'c.mp4', 'b.mp4']);
  moveInQueue(getId('a.mp4'), -1);
  expect(items().map(({ filename }) => filename)).toEqual(['a.mp4', 'c.mp4', 'b.mp4']);
});

test('what has ended can be cleared away, and nothing else goes', () => {
  for (const name of ['a.mp4', 'b.mp4']) useUploads.getState().stage(picked(name), null);
  useUploads.getState().change(getId('a.mp4'), { phase: 'ready' });
  clearSettled();
  expect(items().map(({ filename }) => filename)).toEqual(['b.mp4']);
});

test('a deleted video takes its upload along, and nothing else goes', () => {
  for (const name of ['a.mp4', 'b.mp4', 'c.mp4']) useUploads.getState().stage(picked(name), null);
  useUploads.getState().change(getId('a.mp4'), { phase: 'ready', videoId: 'gone' });
  useUploads.getState().change(getId('b.mp4'), { phase: 'ready', videoId: 'here' });
  forgetUploads(['gone']);
  expect(items().map(({ filename }) => filename)).toEqual(['b.mp4', 'c.mp4']);
});
