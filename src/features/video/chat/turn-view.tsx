import { Alert, Button, Group, Loader, Text, Textarea } from '@mantine/core';
import { IconCheck, IconCode, IconCopy, IconPencil, IconRefresh } from '@tabler/icons-react';
import { memo, useState } from 'react';
import type { Turn } from '#shared/browser-data/conversations-store.ts';
import { CopyButton } from '#ui/copy.tsx';
import { IconAction } from '#ui/icon-action.tsx';
import { Answer } from './answer.tsx';
import classes from './chat.module.css';

export interface TurnViewProps {
  readonly turn: Turn;
  onSeek(seconds: number): void;
  /** Asks this question anew, perhaps in other words; what follows it goes. */
  onAskAgain(turnId: string, question: string): void;
  onShowCode(turnId: string): void;
}

const SPEAKERS: Readonly<Record<string, string>> = {
  extractive: 'Extracted from detected content. No language model is configured.',
  'language-model': 'Answered by a language model from detected content.',
};

/** One question and its answer. */
export const TurnView = memo(function TurnView({ turn, onSeek, onAskAgain, onShowCode }: TurnViewProps) {
  const [editing, setEditing] = useState(false);
  const { id, question, answer, state } = turn;
  const again = (text: string) => onAskAgain(id, text);
  return (
    <article className={classes.turn}>
      {editing ? (
        <EditQuestion question={question} onCancel={() => setEditing(false)} onSend={again} />
      ) : (
        <p className={classes.question}>{question}</p>
      )}
      {state === 'streaming' && answer === '' && (
        <Group gap={8}>
          <Loader size="xs" type="dots" />
          <Text size="xs" c="var(--studio-quiet)">
            Thinking …
          </Text>
        </Group>
      )}
      <Answer turn={turn} onSeek={onSeek} />
      {state === 'done' && turn.answeredBy && SPEAKERS[turn.answeredBy] && (
        <p className={classes.source}>{SPEAKERS[turn.answeredBy]}</p>
      )}
      {state === 'stopped' && <p className={classes.source}>Stopped.</p>}
      {state === 'failed' && (
        <Alert color="red" variant="light" p="xs">
          <Group justify="space-between" wrap="nowrap">
            <Text size="xs">{turn.error}</Text>
            <Button size="compact-xs" variant="default" onClick={() => again(question)}>
              Retry
            </Button>
          </Group>
        </Alert>
      )}
      {state !== 'streaming' && !editing && (
        <Group gap={2} className={classes.actions}>
          {answer !== '' && (
            <CopyButton value={answer}>
              {({ copied, copy }) => (
                <IconAction size="sm" label={copied ? 'Copied' : 'Copy the answer'} onClick={copy}>
                  {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
                </IconAction>
              )}
            </CopyButton>
          )}
          {!turn.error && (
            <IconAction size="sm" label="Retry" onClick={() => again(question)}>
              <IconRefresh size={14} />
            </IconAction>
          )}
          <IconAction size="sm" label="Edit the question" onClick={() => setEditing(true)}>
            <IconPencil size={14} />
          </IconAction>
          <IconAction size="sm" label="Show as code" onClick={() => onShowCode(id)}>
            <IconCode size={14} />
          </IconAction>
        </Group>
      )}
    </article>
  );
});

function EditQuestion({
  question,
  onSend,
  onCancel,
}: {
  question: string;
  onSend(question: string): void;
  onCancel(): void;
}) {
  const [text, setText] = useState(question);
  const send = () => text.trim() && onSend(text.trim());
  return (
    <div className={classes.edit}>
      <Textarea
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        aria-label="Edit the question"
        autosize
        maxLength={4096}
        autoFocus
      />
      <Group gap={6} justify="flex-end" mt={6}>
        <Button size="compact-xs" variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="compact-xs" onClick={send} disabled={!text.trim()}>
          Ask (1 credit)
        </Button>
      </Group>
    </div>
  );
}
