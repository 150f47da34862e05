import { expect, test } from 'vitest';
import { forgetConversations, getConversations, useConversations } from './conversations-store.ts';

const of = (videoId: string) => getConversations(useConversations.getState().byId, videoId);

test('conversations with a deleted video are forgotten, and no others', async () => {
  const { begin } = useConversations.getState();
  for (const videoId of ['gone', 'gone', 'here']) begin(videoId, null, 'What happens?');
  await forgetConversations(['gone']);
  expect(of('gone')).toEqual([]);
  expect(of('here').map(({ title }) => title)).toEqual(['What happens?']);
});

test('a conversation that was removed while it was answered comes back with an answer that has ended', () => {
  const { begin, remove, restore } = useConversations.getState();
  const { conversationId } = begin('asked', null, 'What happens?');
  const [removed] = of('asked');
  if (!removed) throw new Error('There is a conversation.');
  remove(conversationId);
  restore(removed);
  expect(of('asked')[0]?.turns.map(({ state }) => state)).toEqual(['stopped']);
});
