import { Button, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';

/** The search page's own box: `/` focuses it, Enter runs it. */
export function SearchForm({ initial, onSearch }: { initial: string; onSearch(query: string): void }) {
  const [text, setText] = useState(initial);
  const input = useRef<HTMLInputElement>(null);
  useHotkeys([['/', () => input.current?.focus()]]);
  return (
    <search>
      <form
        style={{ display: 'flex', gap: 8 }}
        onSubmit={(event) => {
          event.preventDefault();
          const query = text.trim();
          if (query) onSearch(query);
        }}
      >
        <TextInput
          ref={input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder="What are you looking for?"
          aria-label="Search for"
          leftSection={<IconSearch size={16} />}
          maxLength={4096}
          style={{ flex: 1 }}
          data-autofocus
        />
        <Button type="submit" disabled={text.trim() === ''}>
          Search
        </Button>
      </form>
    </search>
  );
}
