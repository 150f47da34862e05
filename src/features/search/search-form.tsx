import { Button, Select, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { TOP_KS } from './use-search.ts';

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

/** How many hits are asked for (`top_k`); another number is another search. */
export function TopK({ value, onChange }: { value: number; onChange(topK: number): void }) {
  return (
    <Select
      data={TOP_KS.map((topK) => ({ value: String(topK), label: `${topK} hits` }))}
      value={String(value)}
      onChange={(next) => {
        if (next && Number(next) !== value) onChange(Number(next));
      }}
      allowDeselect={false}
      aria-label="How many hits (top_k)"
    />
  );
}
