import { useEffect, useRef, useState } from 'react';
import { copyText } from '#lib/copy-text.ts';

const SHOWN_MS = 2_000;

/** Copies a text; `copied` is true for two seconds afterwards. Works without the Clipboard API as well. */
export function useCopy(): { copied: boolean; copy(text: string): void } {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (text: string) => {
    if (!(await copyText(text))) return;
    clearTimeout(timer.current);
    setCopied(true);
    timer.current = setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return { copied, copy: (text) => void copy(text) };
}
