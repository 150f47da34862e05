import { Button, Group, Modal, Tabs } from '@mantine/core';
import { CopyButton } from '#ui/copy.tsx';
import type { RequestCode } from './code-for.ts';
import classes from './code-samples.module.css';

/** A text in a fixed font that scrolls and can be copied. `label` says what it is. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className={classes.code}>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button className={classes.copy} size="compact-xs" variant="default" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section tabIndex={0} aria-label={label}>
        <pre>{text}</pre>
      </section>
    </div>
  );
}

interface CodeSampleModalProps {
  readonly title: string;
  readonly code: RequestCode;
  /** The answer as the API gave it; null where there is none yet. */
  readonly answer: unknown;
  onClose(): void;
}

const TABS = [
  ['curl', 'curl'],
  ['typescript', 'TypeScript'],
  ['python', 'Python'],
] as const;

/** A request as code, and its answer beside it. */
export function CodeSampleModal({ title, code, answer, onClose }: CodeSampleModalProps) {
  return (
    <Modal opened onClose={onClose} title={title} size="xl">
      <Group align="stretch" grow preventGrowOverflow={false} className={classes.sides}>
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List mb="xs">
            {TABS.map(([value, label]) => (
              <Tabs.Tab key={value} value={value}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {TABS.map(([value, label]) => (
            <Tabs.Panel key={value} value={value}>
              <CodeBlock text={code[value]} label={label} />
            </Tabs.Panel>
          ))}
        </Tabs>
        {answer !== null && (
          <div>
            <p className={classes.heading}>Answer (JSON)</p>
            <CodeBlock text={JSON.stringify(answer, null, 2)} label="Answer" />
          </div>
        )}
      </Group>
    </Modal>
  );
}
