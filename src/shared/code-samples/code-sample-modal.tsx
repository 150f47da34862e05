import { Group, Modal, Tabs } from '@mantine/core';
import { CodeBlock } from './code-block.tsx';
import type { RequestCode } from './code-for.ts';
import classes from './code-samples.module.css';

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
