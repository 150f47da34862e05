import { beforeEach, expect, test } from 'vitest';
import { getFolder, getRefusal, takeFiles } from './picked-files.ts';
import { useUploads } from './uploads-store.ts';

const video = (name: string, path?: string) =>
  Object.assign(new File(['abc'], name, { type: 'video/mp4' }), path ? { relativePath: path } : {});

beforeEach(() => useUploads.setState({ items: [] }));

test('a file knows the folder that it was dropped with', () => {
  expect(getFolder(video('a.mp4', '/Holiday/day one/a.mp4'))).toBe('Holiday');
  expect(getFolder(video('a.mp4', './a.mp4'))).toBeNull();
  expect(getFolder(video('a.mp4'))).toBeNull();
});

test('what is no video, or empty, is refused with a sentence', () => {
  expect(getRefusal(new File(['x'], 'notes.txt'))).toMatch(/not a video file/);
  expect(getRefusal(new File([], 'empty.mp4'))).toMatch(/empty/);
  // Some systems know no type for it; the name is enough.
  expect(getRefusal(new File(['x'], 'film.MKV'))).toBeNull();
});

test('inside a folder what is no video is passed over; alone it says so', () => {
  const notes = (path?: string) => Object.assign(new File(['x'], 'notes.txt'), path ? { relativePath: path } : {});
  expect(takeFiles([notes('/Holiday/notes.txt'), video('a.mp4', '/Holiday/a.mp4'), notes()])).toBe(1);
  expect(useUploads.getState().items.map(({ filename, phase, collection }) => [filename, phase, collection])).toEqual([
    ['a.mp4', 'staged', 'Holiday'],
    ['notes.txt', 'refused', null],
  ]);
});

test('a file whose upload was broken off goes on instead of being added again', () => {
  takeFiles([video('a.mp4')]);
  const [item] = useUploads.getState().items;
  useUploads.getState().change(item?.id ?? '', { phase: 'needs-file' });
  takeFiles([video('a.mp4')]);
  expect(useUploads.getState().items.map(({ phase }) => phase)).toEqual(['queued']);
});

test('subtitles go with the video of their name, in whatever order they were selected', () => {
  const subtitles = (name: string) => new File(['1'], name);
  takeFiles([subtitles('clip.en.srt'), video('clip.mp4'), subtitles('Clip.vtt'), subtitles('other.srt')]);
  const { items } = useUploads.getState();
  expect(items.map(({ filename, phase }) => [filename, phase])).toEqual([
    ['clip.mp4', 'staged'],
    ['other.srt', 'refused'],
  ]);
  expect(items[0]?.subtitles.map(({ name }) => name)).toEqual(['clip.en.srt', 'Clip.vtt']);
  expect(items[1]?.error).toContain('together with their video');
  takeFiles([subtitles('clip.en.srt')]);
  expect(useUploads.getState().items[0]?.subtitles).toHaveLength(2);
});
