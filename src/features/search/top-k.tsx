import { Select } from '@mantine/core';
import { TOP_KS } from './use-search.ts';

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
