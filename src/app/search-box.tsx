import { Kbd, TextInput } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { askedState } from '#lib/asked.ts';
import { useRecentSearches } from '#shared/browser-data/recent-searches-store.ts';

/** The search box of the top bar: `/` focuses it, Enter searches all videos. Hidden on the page that has its own. */
export function SearchBox() {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const hidden = pathname === '/search';
  useHotkeys(hidden ? [] : [['/', () => input.current?.focus()]]);
  if (hidden) return <div />;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const query = text.trim();
    if (!query) return;
    setText('');
    useRecentSearches.getState().add(query);
    void navigate(`/search?q=${encodeURIComponent(query)}`, { state: askedState() });
  };
  return (
    <search style={{ flex: 1, maxWidth: 480 }}>
      <form onSubmit={submit}>
        <TextInput
          ref={input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder="Search all videos"
          aria-label="Search all videos (1 credit)"
          leftSection={<IconSearch size={16} />}
          rightSection={<Kbd size="xs">/</Kbd>}
        />
      </form>
    </search>
  );
}
