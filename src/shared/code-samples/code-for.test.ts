import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { askCode, mapCode, searchCode } from './code-for.ts';

const QUESTION = `Who's there? "$HOME" \`id\` \\ end`;
const asked = {
  videoId: 'a249266f-052d-4148-bc2f-3efa76dc4269',
  topK: 7,
  history: [{ role: 'user' as const, content: "it's" }],
};

test('a shell hands curl the very body, whatever the question holds', () => {
  const { curl } = askCode(QUESTION, asked);
  const script = `curl() { for last; do :; done; printf %s "$last"; }\n${curl}`;
  const sent = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(JSON.parse(sent)).toEqual({
    question: QUESTION,
    video_id: asked.videoId,
    top_k: 7,
    history: asked.history,
  });
});

test('names only what was given', () => {
  const { typescript, python } = askCode('Who?', { videoId: 'v', history: [] });
  expect(typescript).toContain('await client.chat.ask("Who?", {\n  videoId: "v",\n});');
  expect(python).toContain('client.chat.ask(\n    "Who?",\n    video_id="v",\n)');
});

test('earlier turns go along', () => {
  const { typescript, python } = askCode('Who?', asked);
  expect(typescript).toContain('topK: 7');
  expect(typescript).toContain('"content": "it\'s"');
  expect(python).toContain('history=[');
});

test('a search names its scope', () => {
  const { curl, typescript, python } = searchCode('a red car', { videoIds: ['v'], topK: 10 });
  expect(curl).toContain('/api/chat/v1/developer/search');
  expect(curl).not.toContain('collection_id');
  expect(typescript).toContain(
    'await client.search.search("a red car", {\n  videoIds: [\n    "v"\n  ],\n  topK: 10,\n});',
  );
  expect(python).toContain('    top_k=10,');
});

test('a map names its scope and nothing else', () => {
  const { curl, typescript, python } = mapCode({ collectionId: 'c' });
  expect(curl).toContain('/api/chat/v1/developer/visualize');
  expect(typescript).toContain('await client.search.visualize({\n  collectionId: "c",\n});');
  expect(python).toContain('client.search.visualize(\n    collection_id="c",\n)');
});

test('a search of all videos names them where the SDK has no word for it', () => {
  const { curl, typescript, python } = searchCode('car', { allVideos: true, topK: 5 });
  expect(curl).toContain('"all_videos": true');
  expect(typescript).toContain('allVideos: true');
  expect(python).toContain('video_ids=[video.video_id for video in client.videos.list(status="processed", limit=500)]');
});

test('what narrows a search is part of its request, where the language has words for it', () => {
  const { curl, typescript, python } = searchCode('car', {
    allVideos: true,
    topK: 5,
    refinement: { filters: { min_seconds: 60 }, exclude: [{ query: 'red' }] },
  });
  for (const code of [curl, typescript]) {
    expect(code).toContain('"min_seconds": 60');
    expect(code).toContain('"query": "red"');
  }
  expect(python).not.toContain('min_seconds');
});
