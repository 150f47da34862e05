import { Button } from '@mantine/core';
import { useRef } from 'react';
import { getItemFile, isOneClickAway } from '#shared/uploads/file-source.ts';
import { EMPTY_FILE } from '#shared/uploads/picked-files.ts';
import type { UploadItem } from '#shared/uploads/upload-item.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';

/** Gives an upload its file back: one click where the browser still has a handle on it, otherwise by picking it again. */
export function ResumeButton({ item }: { item: UploadItem }) {
  const input = useRef<HTMLInputElement>(null);
  const change = useUploads((state) => state.change);
  const attachFile = useUploads((state) => state.attachFile);

  const resume = async () => {
    if ((await isOneClickAway(item.id)) && (await getItemFile(item.id, true))) {
      change(item.id, { phase: 'queued', error: null });
    } else input.current?.click();
  };
  const take = (file: File | undefined) => {
    if (!file) return;
    // Whether it is the same file is found out by its fingerprint.
    if (file.size === 0) change(item.id, { error: EMPTY_FILE });
    else attachFile(item.id, { file, handle: null });
  };
  return (
    <>
      <Button size="compact-sm" onClick={() => void resume()} aria-label={`Resume ${item.filename}`}>
        Resume
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`Select ${item.filename} again`}
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
