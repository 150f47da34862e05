import { expect, test } from 'vitest';
import { errorFromResponse } from './errors.ts';
import { YOUTUBE_FATAL_CODES, YouTubeImportError } from './youtube.ts';

const refusal = (body: unknown) => YouTubeImportError.from(errorFromResponse(400, body, new Headers()));

test.each([{ message: 'YOUTUBE_VIDEO_PRIVATE' }, { detail: 'YOUTUBE_VIDEO_PRIVATE: private' }])(
  'reads the code of %j',
  (body) => {
    expect(refusal(body)).toMatchObject({ name: 'YouTubeImportError', code: 'YOUTUBE_VIDEO_PRIVATE', statusCode: 400 });
  },
);

test('a code that is not known yet is there, and in the sentence', () => {
  expect(refusal({ message: 'YOUTUBE_NEW' })).toMatchObject({
    code: 'YOUTUBE_NEW',
    message: 'YouTube refused the import (YOUTUBE_NEW).',
  });
});

test.each([
  { message: 'Not a video: https://youtube.com/watch?v=YOUTUBE_VIDEO_PRIVATE' },
  { url: 'YOUTUBE_VIDEO_PRIVATE', message: 'Not valid.' },
])('%j has no code', (body) => {
  expect(refusal(body)).toMatchObject({ name: 'BadRequestError' });
});

test('what may work later is not a fatal code', () => {
  expect(YOUTUBE_FATAL_CODES).toContain('YOUTUBE_VIDEO_AGE_RESTRICTED');
  expect(YOUTUBE_FATAL_CODES).not.toContain('YOUTUBE_IMPORT_FAILED');
});
