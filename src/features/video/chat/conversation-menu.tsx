import { ActionIcon, Button, Group, Menu, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconChevronDown, IconDownload, IconMessagePlus, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { getConversations, getShownConversation, useConversations } from '#shared/browser-data/conversations-store.ts';
import { conversationKey, usePendingDeletions } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { openDialog } from '#ui/open-dialog.ts';
import { saveFile, toFileName } from '#ui/save-file.ts';
import { stopAsking } from './ask.ts';
import classes from './chat.module.css';
import { conversationAsMarkdown } from './conversation-text.ts';

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

function RenameForm({ id, title }: { id: string; title: string }) {
  const [text, setText] = useState(title);
  const rename = useConversations((state) => state.rename);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    rename(id, text.trim() || title);
    modals.closeAll();
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        aria-label="Name of the conversation"
        maxLength={120}
        data-autofocus
      />
      <Group justify="flex-end" mt="md">
        <Button type="submit">Rename</Button>
      </Group>
    </form>
  );
}

/** The video's conversations: which one is shown, a new one, and what can be done with this one. */
export function ConversationMenu({ videoId, videoTitle }: { videoId: string; videoTitle: string }) {
  const byId = useConversations((state) => state.byId);
  const shown = useConversations((state) => getShownConversation(state, videoId));
  const { show, remove, restore } = useConversations.getState();
  const hidden = usePendingDeletions((state) => state.keys);
  const known = getConversations(byId, videoId).filter(({ id }) => !hidden.has(conversationKey(id)));

  const removeShown = () => {
    if (!shown) return;
    const { id, title } = shown;
    show(videoId, known.find((one) => one.id !== id)?.id ?? null);
    undoable({
      keys: [conversationKey(id)],
      message: `“${title}” deleted`,
      failure: 'The conversation was not deleted',
      run: async () => {
        stopAsking(id);
        remove(id);
      },
      revert: async () => {
        restore(shown);
        show(videoId, id);
      },
    });
  };

  return (
    <Group justify="space-between" className={classes.head} wrap="nowrap">
      <Menu position="bottom-start" width={300} shadow="md">
        <Menu.Target>
          <button type="button" className={classes.title} aria-label="Conversations with this video">
            <span>{shown?.title ?? 'Chat with this video'}</span>
            {known.length > 0 && <IconChevronDown size={14} />}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {known.map(({ id, title, changedAt }) => (
            <Menu.Item
              key={id}
              onClick={() => show(videoId, id)}
              fw={id === shown?.id ? 600 : 400}
              rightSection={
                <Text size="xs" c="var(--studio-quiet)">
                  {DAY.format(changedAt)}
                </Text>
              }
            >
              {title}
            </Menu.Item>
          ))}
          {known.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<IconMessagePlus size={16} />} onClick={() => show(videoId, null)}>
            New conversation
          </Menu.Item>
          {shown && (
            <>
              <Menu.Item
                leftSection={<IconPencil size={16} />}
                onClick={() =>
                  void openDialog({
                    title: 'Rename the conversation',
                    children: <RenameForm id={shown.id} title={shown.title} />,
                  })
                }
              >
                Rename
              </Menu.Item>
              <Menu.Item
                leftSection={<IconDownload size={16} />}
                onClick={() =>
                  saveFile(
                    toFileName(shown.title, 'md'),
                    conversationAsMarkdown(videoTitle, shown),
                    'text/markdown;charset=utf-8',
                  )
                }
              >
                Export as Markdown
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={removeShown}>
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {shown && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="New conversation"
          title="New conversation"
          onClick={() => show(videoId, null)}
        >
          <IconMessagePlus size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}
