import type { Stage } from '../db/tables.ts';

/** The key of what belongs to a video. Rows name it relative to the video ("transcode-2/720p.mp4"). */
export const toObjectKey = (videoId: string, name: string) => `${videoId}/${name}`;

/** Name under which an attempt at a stage stores what it makes, relative to the video. */
export const getAttemptName = ({ stage, attempt }: { stage: Stage; attempt: number }) => `${stage}-${attempt}`;

/** Names of attempts at a stage, sources of uploads, and what direct uploads of earlier versions left when they broke off. */
export const ATTEMPT_NAME = /^([a-z]+)-\d+(?:\.incoming)?$/;
