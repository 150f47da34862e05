import { ActionIcon, Alert, Button, Group, Loader, Text, Textarea, Tooltip } from '@mantine/core';
import { IconPlayerStopFilled, IconSend, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { type Turn, useConversations } from '#stores/conversations.ts';
import { Answer } from './answer.tsx';
import { ask, stopAsking } from './ask.ts';
import classes from './chat.module.css';

const SUGGESTIONS = ['Summarise the video', 'How many people are there?', 'When does a car appear?'];
const NONE: readonly Turn[] = [];

export interface ChatPanelProps {
  readonly videoId: string;
  onSeek(seconds: number): void;
}

/** A conversation with one video. */
export function ChatPanel({ videoId, onSeek }: ChatPanelProps) {
  const turns = useConversations((state) => state.byVideo[videoId]) ?? NONE;
  const clear = useConversations((state) => state.clear);
  const end = useRef<HTMLDivElement>(null);
  const last = turns[turns.length - 1];
  const streaming = last?.state === 'streaming';

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new word moves the end into view
  useEffect(() => end.current?.scrollIntoView({ block: 'nearest' }), [turns.length, last?.answer, last?.state]);

  return (
    <section className={classes.panel} aria-label="Chat">
      <Group justify="space-between" className={classes.head}>
        <Text fw={600} size="sm">
          Ask this video
        </Text>
        {turns.length > 0 && (
          <Tooltip label="Clear the conversation">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Clear the conversation"
              onClick={() => clear(videoId)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <div className={classes.turns} aria-live="polite" aria-busy={streaming}>
        {turns.length === 0 && (
          <Group gap="xs" className={classes.suggestions}>
            {SUGGESTIONS.map((suggestion) => (
              <Button key={suggestion} variant="default" size="xs" onClick={() => void ask(videoId, suggestion)}>
                {suggestion}
              </Button>
            ))}
          </Group>
        )}
        {turns.map((turn) => (
          <TurnView key={turn.id} videoId={videoId} turn={turn} onSeek={onSeek} />
        ))}
        <div ref={end} />
      </div>
      <QuestionBox
        streaming={streaming}
        onAsk={(question) => void ask(videoId, question)}
        onStop={() => stopAsking(videoId)}
      />
    </section>
  );
}

function TurnView({ videoId, turn, onSeek }: { videoId: string; turn: Turn; onSeek(seconds: number): void }) {
  const remove = useConversations((state) => state.remove);
  const again = () => {
    remove(videoId, turn.id);
    void ask(videoId, turn.question);
  };
  return (
    <article className={classes.turn}>
      <p className={classes.question}>{turn.question}</p>
      {turn.state === 'streaming' && turn.answer === '' && <Loader size="xs" type="dots" aria-label="Thinking" />}
      <Answer turn={turn} onSeek={onSeek} />
      {turn.state === 'done' && turn.answeredBy === 'extractive' && (
        <p className={classes.source}>Put together from what was seen; no language model is connected.</p>
      )}
      {turn.state === 'done' && turn.answeredBy === 'language-model' && (
        <p className={classes.source}>Answered by a language model from what was seen.</p>
      )}
      {turn.state === 'stopped' && <p className={classes.source}>Stopped.</p>}
      {turn.state === 'failed' && (
        <Alert color="red" variant="light" p="xs">
          <Group justify="space-between" wrap="nowrap">
            <Text size="xs">{turn.error}</Text>
            <Button size="compact-xs" variant="default" onClick={again}>
              Try again
            </Button>
          </Group>
        </Alert>
      )}
    </article>
  );
}

function QuestionBox({
  streaming,
  onAsk,
  onStop,
}: {
  streaming: boolean;
  onAsk(question: string): void;
  onStop(): void;
}) {
  const [text, setText] = useState('');
  const send = () => {
    const question = text.trim();
    if (!question || streaming) return;
    setText('');
    onAsk(question);
  };
  return (
    <form
      className={classes.box}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          send();
        }}
        placeholder="Ask a question about the video …"
        aria-label="Question (1 credit)"
        autosize
        maxRows={5}
        maxLength={4096}
        style={{ flex: 1 }}
      />
      {streaming ? (
        <ActionIcon size="lg" variant="default" aria-label="Stop" onClick={onStop}>
          <IconPlayerStopFilled size={16} />
        </ActionIcon>
      ) : (
        <ActionIcon size="lg" type="submit" aria-label="Ask" disabled={text.trim() === ''}>
          <IconSend size={16} />
        </ActionIcon>
      )}
    </form>
  );
}
