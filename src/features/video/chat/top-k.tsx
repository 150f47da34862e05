import { ActionIcon, Button, NumberInput, Popover, Text, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';

/** How many segments an answer is drawn from (`top_k`). */
export function TopK() {
  const topK = usePreferences((state) => state.chatTopK);
  const set = usePreferences((state) => state.set);
  return (
    <Popover position="top-end" width={230} trapFocus>
      <Popover.Target>
        <Tooltip label="Segments retrieved">
          <ActionIcon size="lg" variant="subtle" color="gray" aria-label="Segments retrieved">
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <NumberInput
          label="Segments retrieved (top_k)"
          value={topK ?? ''}
          placeholder="5, the platform's own"
          min={1}
          max={100}
          allowDecimal={false}
          onChange={(value) => set({ chatTopK: typeof value === 'number' && value >= 1 ? Math.min(100, value) : null })}
        />
        <Text size="xs" c="var(--studio-quiet)" mt={6}>
          More give a fuller answer, and take longer.
        </Text>
        {topK !== null && (
          <Button size="compact-xs" variant="subtle" mt={4} px={4} onClick={() => set({ chatTopK: null })}>
            Use the platform’s default
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
