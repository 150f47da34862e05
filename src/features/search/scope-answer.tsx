import { Button, Group, Text } from '@mantine/core';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { getChargeState } from '#api/charge.ts';
import type { Citation } from '#api/contracts/chat.ts';
import { getErrorMessage } from '#api/errors.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { plural } from '#lib/format.ts';
import { formatClock } from '#lib/time.ts';
import { describeCharge } from '#shared/platform/paid-request.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { type AnswerSoFar, answerFromScope, answerFromVideos, BrokenAnswerError } from '#shared/search/ask-videos.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import classes from './scope-answer.module.css';

const Markdown = lazy(() => import('react-markdown'));
/** An answer may name addresses and pictures, but must not make the browser open or fetch any. */
const COMPONENTS = {
  a: ({ children }: { children?: React.ReactNode }) => <span>{children}</span>,
  img: ({ alt }: { alt?: string | undefined }) => <span>{alt}</span>,
};

/** A hosted platform is asked for so many videos: each costs a credit. */
const MAX_HOSTED_VIDEOS = 5;

interface ScopeAnswerProps {
  readonly question: string;
  readonly scope: SearchScope;
  /** The videos that were found, best first. */
  readonly videoIds: readonly string[];
  getName(videoId: string): string;
}

/** Answers the query in words, from all videos that are searched; each source opens its video. */
export function ScopeAnswer({ question, scope, videoIds, getName }: ScopeAnswerProps) {
  const { data: studio } = useQuery(studioQuery);
  const [answer, setAnswer] = useState<AnswerSoFar | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  if (!studio) return null;
  const videos = videoIds.slice(0, MAX_HOSTED_VIDEOS).map((id) => ({ id, name: getName(id) }));
  const isEmbedded = studio.platform === 'embedded';
  // An answer that broke off goes on with the videos that are left.
  const left = videos.filter(({ id }) => !answer?.askedIds.includes(id)).length;
  const ask = async () => {
    const since = Date.now();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    setIsAsking(true);
    setError(null);
    try {
      const answers = isEmbedded
        ? answerFromScope(question, scope, signal)
        : answerFromVideos(question, videos, signal, answer ?? undefined);
      for await (const soFar of answers) setAnswer(soFar);
    } catch (failure) {
      const state = failure instanceof BrokenAnswerError ? failure.chargeState : getChargeState(failure);
      const charge = await describeCharge(state, 'chat', since);
      if (!signal.aborted) setError(`${getErrorMessage(failure)} ${charge}`);
    } finally {
      if (!signal.aborted) setIsAsking(false);
    }
  };
  return (
    <section className={classes.answer} aria-label="Answer">
      {!answer?.isDone && (
        <Button
          variant="default"
          size="xs"
          leftSection={<IconMessageQuestion size={16} />}
          loading={isAsking}
          onClick={() => void ask()}
        >
          {isEmbedded ? 'Answer from these videos' : `Answer from ${plural(left, 'video')}`} (
          {plural(isEmbedded ? 1 : left, 'credit')})
        </Button>
      )}
      {error !== null && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {error}
        </Text>
      )}
      {answer && (
        <div aria-live="polite" aria-busy={!answer.isDone} className={classes.text}>
          <Suspense fallback={<p>{answer.text}</p>}>
            <Markdown components={COMPONENTS}>{answer.text}</Markdown>
          </Suspense>
        </div>
      )}
      {answer && answer.citations.length > 0 && <Sources citations={answer.citations} getName={getName} />}
    </section>
  );
}

function Sources({ citations, getName }: { citations: readonly Citation[]; getName(videoId: string): string }) {
  return (
    <Group component="ul" gap={8} className={classes.sources} aria-label="Sources">
      {citations.map((citation) => {
        const { start } = readSegmentTimes(citation);
        const videoId = citation.video_id ?? '';
        return (
          <li key={citation.segment_id}>
            <Link to={`/videos/${encodeURIComponent(videoId)}?t=${start}`} title={citation.text ?? undefined}>
              {citation.thumbnail_url && <img src={citation.thumbnail_url} alt="" />}
              <span className={classes.source}>
                <span className={classes.name}>{getName(videoId)}</span>
                <span className={classes.time}> · {formatClock(start)}</span>
              </span>
            </Link>
          </li>
        );
      })}
    </Group>
  );
}
