import { expect, test } from 'vitest';
import { toWatchUrl } from './watch-url.ts';

const WATCH = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';

test.each([
  WATCH,
  'https://youtube.com/watch?v=dQw4w9WgXcQ&t=12s&list=PL123',
  'https://m.youtube.com/watch?list=PL123&v=dQw4w9WgXcQ#fragment',
  'https://youtu.be/dQw4w9WgXcQ?si=abc',
  'http://youtube.com/watch?v=dQw4w9WgXcQ',
  'http://youtu.be/dQw4w9WgXcQ',
  'https://www.youtube.com/shorts/dQw4w9WgXcQ',
  'https://www.youtube.com/live/dQw4w9WgXcQ/',
  ' https://music.youtube.com/watch?v=dQw4w9WgXcQ ',
])('%s names one video, and nothing else of it is passed on', (url) => {
  expect(toWatchUrl(url)).toBe(WATCH);
});

test.each([
  'https://youtube.com\\@127.0.0.1:9596/x',
  'https://youtube.com\\.example.org/watch?v=dQw4w9WgXcQ',
  'https://user:secret@youtube.com/watch?v=dQw4w9WgXcQ',
  'https://youtube.com:8443/watch?v=dQw4w9WgXcQ',
  'http://youtube.com:8080/watch?v=dQw4w9WgXcQ',
  'ftp://youtube.com/watch?v=dQw4w9WgXcQ',
  'https://youtube.com.example.org/watch?v=dQw4w9WgXcQ',
  'https://youtube.com/watch?v=',
  'https://youtube.com/watch?v=a b',
  'https://youtube.com/watch?v=../../etc',
  'https://youtube.com/playlist?list=PL123',
  'https://www.youtube.com/redirect?q=http://127.0.0.1/',
  'ytsearch:cats',
  'file:///etc/passwd',
  '-o /tmp/x',
])('%s is refused', (url) => {
  expect(toWatchUrl(url)).toBeNull();
});
