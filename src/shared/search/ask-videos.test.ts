import { afterEach, expect, test, vi } from 'vitest';
import { type AnswerSoFar, answerFromVideos } from './ask-videos.ts';

afterEach(() => vi.unstubAllGlobals());

const VIDEOS = ['a', 'b', 'c'].map((id) => ({ id, name: `Video ${id}` }));

test('an answer that broke off goes on with the videos that were not asked, each of which costs a credit', async () => {
  const asked: string[] = [];
  let failing: string | null = 'b';
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    const { video_id: videoId } = JSON.parse(String(init.body));
    asked.push(videoId);
    if (videoId === failing) return Response.json({ detail: 'Not now.' }, { status: 400 });
    return Response.json({ answer: `About ${videoId}.`, citations: [{ segment_id: `${videoId}1`, start: 0, end: 1 }] });
  });
  let soFar: AnswerSoFar | undefined;
  const ask = async () => {
    const { signal } = new AbortController();
    for await (const next of answerFromVideos('What happens?', VIDEOS, signal, soFar)) soFar = next;
  };
  await expect(ask()).rejects.toThrow('Not now.');
  expect(soFar).toMatchObject({ text: '**Video a**\n\nAbout a.', isDone: false });
  failing = null;
  await ask();
  expect(asked).toEqual(['a', 'b', 'b', 'c']);
  expect(soFar).toMatchObject({ isDone: true });
  expect(soFar?.text.match(/About/g)).toHaveLength(3);
  expect(soFar?.citations.map(({ video_id }) => video_id)).toEqual(['a', 'b', 'c']);
});
