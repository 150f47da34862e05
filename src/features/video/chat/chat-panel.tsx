import { Button, Group } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  getShownConversation,
  type Turn,
  toHistory,
  useConversations,
} from '#shared/browser-data/conversations-store.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { askCode } from '#shared/code-samples/code-for.ts';
import { CodeSampleModal } from '#shared/code-samples/code-sample.tsx';
import { ask, askAgain, stopAsking } from './ask.ts';
import classes from './chat.module.css';
import { ConversationMenu } from './conversation-menu.tsx';
import { QuestionBox } from './question-box.tsx';
import { TurnView } from './turn-view.tsx';

const SUGGESTIONS = [
  'Summarize the video',
  'How many people are there?',
  'When does a car appear?',
  'Detect animals',
  'Detect violence',
];
const NONE: readonly Turn[] = [];
/** Closer than this to the end, the panel follows what is being said. */
const NEAR_END_PX = 60;

export interface ChatPanelProps {
  readonly videoId: string;
  readonly videoTitle: string;
  /** Should stay the same from one drawing to the next: each turn is drawn again when it changes. */
  onSeek(seconds: number): void;
}

/** A conversation with one video. */
export function ChatPanel({ videoId, videoTitle, onSeek }: ChatPanelProps) {
  const conversation = useConversations((state) => getShownConversation(state, videoId));
  const [shownCodeId, setShownCodeId] = useState<string | null>(null);
  const conversationId = conversation?.id ?? null;
  const turns = conversation?.turns ?? NONE;
  const streaming = turns[turns.length - 1]?.state === 'streaming';
  const list = useFollowEnd(turns);

  const again = useCallback(
    (turnId: string, question: string) => {
      if (conversationId) void askAgain(videoId, conversationId, turnId, question);
    },
    [videoId, conversationId],
  );

  const askNext = useCallback(
    (question: string) => void ask(videoId, conversationId, question),
    [videoId, conversationId],
  );
  const stop = useCallback(() => {
    if (conversationId) stopAsking(conversationId);
  }, [conversationId]);

  return (
    <section className={classes.panel} aria-label="Chat">
      <ConversationMenu videoId={videoId} videoTitle={videoTitle} />
      <div ref={list} className={classes.turns} aria-live="polite" aria-busy={streaming}>
        {turns.length === 0 && (
          <Group gap="xs" className={classes.suggestions}>
            {SUGGESTIONS.map((suggestion) => (
              <Button key={suggestion} variant="default" size="xs" onClick={() => askNext(suggestion)}>
                {suggestion}
              </Button>
            ))}
          </Group>
        )}
        {turns.map((turn) => (
          <TurnView key={turn.id} turn={turn} onSeek={onSeek} onAskAgain={again} onShowCode={setShownCodeId} />
        ))}
      </div>
      <QuestionBox streaming={streaming} onAsk={askNext} onStop={stop} />
      {shownCodeId !== null && (
        <TurnCode videoId={videoId} turns={turns} turnId={shownCodeId} onClose={() => setShownCodeId(null)} />
      )}
    </section>
  );
}

/** Keeps the end in view while it grows, unless the person has scrolled up to read. */
function useFollowEnd(turns: readonly Turn[]) {
  const list = useRef<HTMLDivElement>(null);
  const asked = useRef(turns.length);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const isNew = turns.length > asked.current;
    asked.current = turns.length;
    const last = element.lastElementChild;
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const grown = last instanceof HTMLElement ? Math.min(last.offsetHeight, 200) : 0;
    if (isNew || below < NEAR_END_PX + grown) element.scrollTop = element.scrollHeight;
  }, [turns]);
  return list;
}

function TurnCode({
  videoId,
  turns,
  turnId,
  onClose,
}: {
  videoId: string;
  turns: readonly Turn[];
  turnId: string;
  onClose(): void;
}) {
  const topK = usePreferences((state) => state.chatTopK) ?? undefined;
  const at = turns.findIndex(({ id }) => id === turnId);
  const turn = turns[at];
  if (!turn) return null;
  const code = askCode(turn.question, { videoId, topK, history: toHistory(turns.slice(0, at)) });
  const answer = turn.state === 'done' ? { answer: turn.answer, citations: turn.citations } : null;
  return <CodeSampleModal title="This question as code" code={code} answer={answer} onClose={onClose} />;
}
