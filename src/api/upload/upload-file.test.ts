import { describe, expect, test } from 'vitest';
import {
  AbortedError,
  errorFromResponse,
  NetworkError,
  NotFoundError,
  PayloadTooLargeError,
  RateLimitError,
} from '../errors.ts';
import type { UploadsResource } from '../resources/uploads.ts';
import type { RetryWait } from '../retry.ts';
import type { SendPart } from './send-part.ts';
import { UnreadableFileError } from './upload-errors.ts';
import { type UploadFileOptions, uploadFile } from './upload-file.ts';
import { choosePartSize, getPartRange, type UploadSession } from './upload-session.ts';

const MIB = 1024 * 1024;

/** A store in memory that answers as the API does, and notes what it is asked. */
function store(overrides: Partial<UploadsResource> = {}) {
  const calls: string[] = [];
  const parts = new Map<number, Blob>();
  const uploads = {
    initiateMultipart: async () => ({ upload_id: 'u', s3_object_name: 'o', video_id: 'v' }),
    getPartUrl: async (_ref: unknown, part: number) => ({ url: String(part), part_number: part }),
    listParts: async () => [...parts.keys()].map((part) => ({ part_number: part, etag: `listed-${part}` })),
    completeMultipart: async (_ref: unknown, listed: readonly { part_number: number; etag: string }[]) => {
      calls.push(`complete ${listed.map(({ part_number, etag }) => `${part_number}=${etag}`).join(' ')}`);
      return { s3_object_name: 'o', upload_id: 'u', etag: 'e' };
    },
    abortMultipart: async () => void calls.push('abort'),
    preprocess: async () => ({ video_id: 'v' }),
    getStatus: async () => ({ video_id: 'v' }),
    ...overrides,
  } as UploadsResource;
  const sendPart: SendPart = async (url, part, { onProgress }) => {
    onProgress(part.size / 2);
    parts.set(Number(url), part);
    return `etag-${url}`;
  };
  return { uploads, calls, parts, sendPart };
}

const file = new Blob([new Uint8Array(25)]);
const options = (sendPart: SendPart): UploadFileOptions => ({
  name: 'Clip',
  filename: 'clip.mp4',
  partSize: 10,
  sendPart,
});

describe('uploadFile', () => {
  test('sends every byte in parts, reports progress, and completes in order', async () => {
    const { uploads, calls, parts, sendPart } = store();
    const progress: number[] = [];
    const job = await uploadFile(uploads, file, { ...options(sendPart), onProgress: (sent) => progress.push(sent) });
    expect(job.video_id).toBe('v');
    expect([...parts].sort(([a], [b]) => a - b).map(([part, blob]) => [part, blob.size])).toEqual([
      [1, 10],
      [2, 10],
      [3, 5],
    ]);
    expect(calls).toEqual(['complete 1=etag-1 2=etag-2 3=etag-3']);
    expect(Math.max(...progress)).toBe(25);
  });

  test('tries a part again after a lost connection', async () => {
    const { uploads, calls, sendPart } = store();
    let failures = 0;
    const flaky: SendPart = async (...args) => {
      if (args[0] === '2' && failures++ < 2) throw new NetworkError('lost');
      return sendPart(...args);
    };
    await uploadFile(uploads, file, options(flaky));
    expect(failures).toBe(3);
    expect(calls).toEqual(['complete 1=etag-1 2=etag-2 3=etag-3']);
  });

  test('takes ETags from the list of parts where the store hides the header', async () => {
    const { uploads, calls, sendPart } = store();
    const hiding: SendPart = async (...args) => {
      await sendPart(...args);
      return null;
    };
    await uploadFile(uploads, file, options(hiding));
    expect(calls).toEqual(['complete 1=listed-1 2=listed-2 3=listed-3']);
  });

  test('a refusal that will not change, or a cancel, aborts the upload', async () => {
    const refused = store();
    const refuse: SendPart = async () => {
      throw new PayloadTooLargeError('too large', 413, null);
    };
    await expect(uploadFile(refused.uploads, file, options(refuse))).rejects.toBeInstanceOf(PayloadTooLargeError);
    expect(refused.calls).toEqual(['abort']);

    const cancelled = store();
    const stop = new AbortController();
    const stopping: SendPart = async (...args) => {
      stop.abort();
      return cancelled.sendPart(...args);
    };
    const upload = uploadFile(cancelled.uploads, file, { ...options(stopping), signal: stop.signal, parallel: 1 });
    await expect(upload).rejects.toBeInstanceOf(AbortedError);
    expect(cancelled.calls).toEqual(['abort']);
  });

  test('an upload whose processing cannot start keeps the object and names it', async () => {
    const failing = store({
      preprocess: async () => {
        throw new NetworkError('lost');
      },
    });
    const upload = uploadFile(failing.uploads, file, { ...options(failing.sendPart), attempts: 1 });
    await expect(upload).rejects.toMatchObject({ name: 'PreprocessError', s3ObjectName: 'o', videoId: 'v' });
    expect(failing.calls.join()).not.toContain('abort');
  });
});

describe('uploadFile, when things go wrong', () => {
  const direct = { directUpTo: 100 };

  test('says what kind of video it is, in one request or in parts', async () => {
    const types: string[] = [];
    const { uploads, sendPart } = store({
      direct: async (sent) => {
        types.push(sent.type);
        throw new PayloadTooLargeError('too large', 413, null);
      },
      initiateMultipart: async (_filename, contentType) => {
        types.push(contentType);
        return { upload_id: 'u', s3_object_name: 'o', video_id: 'v' };
      },
    });
    const named = new File([file], 'recording.bin', { type: 'application/macbinary' });
    await uploadFile(uploads, named, { ...options(sendPart), ...direct, contentType: 'video/webm' });
    await uploadFile(uploads, named, { ...options(sendPart), ...direct });
    expect(types).toEqual(['video/webm', 'video/webm', 'application/macbinary', 'application/macbinary']);
  });
  const noParts: SendPart = async () => {
    throw new Error('no part was to be sent');
  };

  test('a small file goes in one request, and in parts where that is refused as too large', async () => {
    const taken = store({ direct: async () => ({ video_id: 'direct' }) });
    expect((await uploadFile(taken.uploads, file, { ...options(noParts), ...direct })).video_id).toBe('direct');

    const refusing = store({
      direct: async () => {
        throw new PayloadTooLargeError('too large', 413, null);
      },
    });
    expect((await uploadFile(refusing.uploads, file, { ...options(refusing.sendPart), ...direct })).video_id).toBe('v');
    expect(refusing.parts.size).toBe(3);
  });

  test('a small file whose answer is lost is sent again under the same key, another file under another', async () => {
    const seen: (string | undefined)[] = [];
    const { uploads } = store({
      direct: async (_file, _options, call) => {
        seen.push(call?.idempotencyKey);
        if (seen.length === 1) throw new NetworkError('The answer was lost.');
        return { video_id: 'direct' };
      },
    });
    const named = { ...options(noParts), ...direct, idempotencyKey: 'item-1' };
    await uploadFile(uploads, file, named);
    await uploadFile(uploads, new Blob(['another']), named);
    expect(seen[0]).toMatch(/^item-1 [0-9a-f]{64}$/);
    expect(seen[1]).toBe(seen[0]);
    expect(seen[2]).not.toBe(seen[0]);
  });

  test('a pause that the platform asks for is kept, told, and costs no attempt', async () => {
    const { uploads, sendPart } = store();
    const waits: RetryWait[] = [];
    let refusals = 0;
    const limited: SendPart = async (...args) => {
      if (args[0] === '2' && refusals++ < 3) throw new RateLimitError('slow down', 429, null, 0.02);
      return sendPart(...args);
    };
    await uploadFile(uploads, file, { ...options(limited), attempts: 1, onWait: (wait) => waits.push(wait) });
    expect(waits.map(({ waitMs }) => waitMs)).toEqual([20, 20, 20]);
  });

  test('an answer to complete that was lost does not send the file again', async () => {
    let asked = 0;
    const losing = store({
      completeMultipart: async () => {
        asked += 1;
        if (asked === 1) throw new NetworkError('lost');
        throw new NotFoundError('already complete', 404, null);
      },
    });
    expect((await uploadFile(losing.uploads, file, options(losing.sendPart))).video_id).toBe('v');
  });

  test('a session whose upload is complete only starts the processing', async () => {
    const { uploads, sendPart } = store();
    const sessions: UploadSession[] = [];
    await uploadFile(uploads, file, { ...options(sendPart), onSession: (session) => sessions.push(session) });
    const later = store({
      listParts: async () => {
        throw new NotFoundError('already complete', 404, null);
      },
    });
    const job = await uploadFile(later.uploads, file, { ...options(noParts), session: sessions[0] });
    expect([job.video_id, later.calls]).toEqual(['v', []]);
  });

  test.each([400, 404, 410])('an upload that has expired (%d) starts anew', async (status) => {
    const gone = async () => {
      throw errorFromResponse(status, null, new Headers());
    };
    const first = store();
    const sessions: UploadSession[] = [];
    const onSession = (session: UploadSession) => sessions.push(session);
    await uploadFile(first.uploads, file, { ...options(first.sendPart), onSession });
    let preprocessed = 0;
    const later = store({
      listParts: gone,
      initiateMultipart: async () => ({ upload_id: 'new', s3_object_name: 'o2', video_id: 'v2' }),
      preprocess: async () => (preprocessed++ === 0 ? gone() : { video_id: 'v2' }),
    });
    const job = await uploadFile(later.uploads, file, { ...options(later.sendPart), session: sessions[0], onSession });
    expect(job.video_id).toBe('v2');
    expect(sessions.map(({ uploadId }) => uploadId)).toEqual(['u', 'new']);
    expect(later.parts.size).toBe(3);
  });

  test('a session is not given up because the key is refused', async () => {
    const refused = store({
      listParts: async () => {
        throw errorFromResponse(401, null, new Headers());
      },
    });
    const { uploads, sendPart } = store();
    const sessions: UploadSession[] = [];
    await uploadFile(uploads, file, { ...options(sendPart), onSession: (session) => sessions.push(session) });
    const upload = uploadFile(refused.uploads, file, { ...options(noParts), session: sessions[0] });
    await expect(upload).rejects.toMatchObject({ statusCode: 401 });
  });

  test('a file that has gone from the disk is not mistaken for a lost connection', async () => {
    const { uploads, calls, sendPart } = store();
    let gone = false;
    const vanishing = Object.assign(new Blob([new Uint8Array(25)]), {
      slice: (...args: [number?, number?]) => {
        if (!gone) return file.slice(...args);
        return { arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) } as unknown as Blob;
      },
    });
    const losing: SendPart = async (...args) => {
      if (args[0] === '1') return sendPart(...args);
      gone = true;
      throw new NetworkError('lost');
    };
    const upload = uploadFile(uploads, vanishing, { ...options(losing), parallel: 1 });
    await expect(upload).rejects.toBeInstanceOf(UnreadableFileError);
    expect(calls).toEqual(['abort']);
  });
});

test('parts grow so that no file needs more than 10,000', () => {
  expect(choosePartSize(5 * MIB)).toBe(10 * MIB);
  expect(choosePartSize(100_000 * MIB)).toBe(10 * MIB);
  const huge = 2_000_000 * MIB;
  expect(choosePartSize(huge)).toBe(200 * MIB);
  expect(Math.ceil(huge / choosePartSize(huge))).toBeLessThanOrEqual(10_000);
  expect(getPartRange(3, 10, 25)).toEqual([20, 25]);
});
