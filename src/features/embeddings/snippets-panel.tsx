import { SegmentedControl, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { CodeBlock } from '#shared/code-samples/code-sample.tsx';
import { useUrlParameter } from '#ui/url-state.ts';
import classes from './embeddings.module.css';
import { DATABASE } from './embeddings-url.ts';
import { CHROMA } from './snippets/chroma.ts';
import { PGVECTOR } from './snippets/pgvector.ts';
import { PINECONE } from './snippets/pinecone.ts';
import { QDRANT } from './snippets/qdrant.ts';
import { WEAVIATE } from './snippets/weaviate.ts';

const DATABASES = [PINECONE, QDRANT, WEAVIATE, CHROMA, PGVECTOR];
type Language = 'typescript' | 'python';
const LANGUAGES: { value: Language; label: string }[] = [
  { value: 'typescript', label: 'TypeScript' },
  { value: 'python', label: 'Python' },
];

/** Ready programs that put the vectors in scope into a database and ask it. */
export function SnippetsPanel({ ids }: { ids: readonly string[] }) {
  const [named, setNamed] = useUrlParameter(DATABASE);
  const [language, setLanguage] = useState<Language>('typescript');
  const database = DATABASES.find(({ name }) => name === named) ?? PINECONE;
  return (
    <section className={classes.panel} aria-label="Code samples">
      <h2>Code samples</h2>
      <Text size="sm" c="var(--studio-quiet)">
        A program with the videos chosen above. Row ids are the same every time and in both languages, so running it
        twice changes nothing.
      </Text>
      <Tabs value={database.name} onChange={(name) => setNamed(name ?? '')}>
        <Tabs.List>
          {DATABASES.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {DATABASES.map((shown) => (
          <Tabs.Panel key={shown.name} value={shown.name} className={classes.snippet}>
            <SegmentedControl
              size="xs"
              aria-label="Language"
              data={LANGUAGES}
              value={language}
              onChange={(value) => setLanguage(value)}
            />
            <code className={classes.numbers}>{shown.install[language]}</code>
            <CodeBlock text={shown[language](ids)} label={`${shown.name} program`} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}
