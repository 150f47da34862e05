import { Button } from '@mantine/core';
import { CopyButton } from '#ui/copy-button.tsx';
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
