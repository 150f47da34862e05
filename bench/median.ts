/** The value in the middle, or the one that a share of the values is below; 0 where there is none. */
export const median = (values: readonly number[], share = 0.5): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
