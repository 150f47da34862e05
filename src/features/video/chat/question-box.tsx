import { ActionIcon, Button, Group, NumberInput, Popover, Text, Textarea, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconPlayerStopFilled, IconSend } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import classes from './chat.module.css';

/** How many segments an answer is drawn from (`top_k`). */
function TopK() {
  const topK = usePreferences((state) => state.chatTopK);
  const set = usePreferences((state) => state.set);
  return (
    <Popover position="top-end" width={230} trapFocus>
      <Popover.Target>
        <Tooltip label="Segments retrieved">
          <ActionIcon size="lg" variant="subtle" color="gray" aria-label="Segments retrieved">
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <NumberInput
          label="Segments retrieved (top_k)"
          value={topK ?? ''}
          placeholder="Platform default (5)"
          min={1}
          max={100}
          allowDecimal={false}
          onChange={(value) => set({ chatTopK: typeof value === 'number' && value >= 1 ? Math.min(100, value) : null })}
        />
        <Text size="xs" c="var(--studio-quiet)" mt={6}>
          More segments give a fuller answer but take longer.
        </Text>
        {topK !== null && (
          <Button size="compact-xs" variant="subtle" mt={4} px={4} onClick={() => set({ chatTopK: null })}>
            Use the platform’s default
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

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
