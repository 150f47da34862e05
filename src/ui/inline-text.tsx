import { Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import classes from './inline-text.module.css';

interface InlineTextProps {
  readonly value: string;
  readonly label: string;
  readonly placeholder: string;
  readonly multiline?: boolean;
  /** Small, within a row. */
  readonly small?: boolean;
  readonly error?: ReactNode;
  /** Brings the focus to the field. */
  readonly isEditing?: boolean;
  /** Called when the field has been left. */
  onLeave?(): void;
  /** Called with a text that has changed; Enter and leaving the field keep it, Escape does not. */
  onSave(value: string): void;
}

/** A text that is edited where it stands. */
export function InlineText({
  value,
  label,
  placeholder,
  multiline,
  small,
  error,
  isEditing = false,
  onLeave,
  onSave,
}: InlineTextProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const keep = () => {
    if (draft !== null && draft.trim() !== value) onSave(draft.trim());
    setDraft(null);
    onLeave?.();
  };
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isEditing) input.current?.focus();
  }, [isEditing]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter' && !(multiline && event.shiftKey)) {
      event.preventDefault();
      event.currentTarget.blur();
    }
    if (event.key === 'Escape') setDraft(null);
  };
  const shared = {
    variant: 'unstyled',
    value: draft ?? value,
    placeholder,
    'aria-label': label,
    error,
    onFocus: () => setDraft(value),
    onBlur: keep,
    onKeyDown,
    onChange: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
  };
  return multiline ? (
    <Textarea {...shared} autosize minRows={1} maxRows={8} classNames={{ input: classes.text }} />
  ) : (
    <TextInput
      {...shared}
      ref={input}
      maxLength={255}
      size={small ? 'xs' : 'sm'}
      classNames={{ input: small ? classes.small : classes.title }}
    />
  );
}
