import { ActionIcon, Group, Textarea, Tooltip } from '@mantine/core';
import { IconPlayerStopFilled, IconSend } from '@tabler/icons-react';
import { memo, useState } from 'react';
import classes from './chat.module.css';
import { TopK } from './top-k.tsx';

interface QuestionBoxProps {
  readonly streaming: boolean;
  onAsk(question: string): void;
  onStop(): void;
}

/**
 * Where questions are written: Enter asks, shift and Enter goes on in a new line. Not drawn again with every word of an
 * answer, since a field that grows with its text measures itself each time.
 */
export const QuestionBox = memo(function QuestionBox({ streaming, onAsk, onStop }: QuestionBoxProps) {
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
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          send();
        }}
        placeholder="Ask about this video"
        aria-label="Question (1 credit)"
        autosize
        maxRows={5}
        maxLength={4096}
        style={{ flex: 1 }}
      />
      <Group gap={4} wrap="nowrap">
        <TopK />
        {streaming ? (
          <ActionIcon size="lg" variant="default" aria-label="Stop" onClick={onStop}>
            <IconPlayerStopFilled size={16} />
          </ActionIcon>
        ) : (
          <Tooltip label="Ask (1 credit)">
            <ActionIcon size="lg" type="submit" aria-label="Ask" disabled={text.trim() === ''}>
              <IconSend size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </form>
  );
});
