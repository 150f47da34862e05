import { appendFileSync } from 'node:fs';

/** A row of the table of what is to be beaten. */
export interface Figure {
  /** What is measured, and under which conditions. */
  readonly what: string;
  /** What it is measured against, with its own figure. */
  readonly reference: string;
  readonly measured: string;
  /** Ours by the reference's, in the same run; null where there is nothing to divide by. */
  readonly ratio: number | null;
  readonly target: string;
  readonly met: boolean;
}

/** Says a figure, and keeps it as a line of JSON in the file that `BENCH_RECORD` names, when it names one. */
export function record(figure: Figure): void {
  const { what, reference, measured, ratio, target, met } = figure;
  const times = ratio === null ? '' : ` (${ratio.toFixed(2)}×)`;
  console.log(`${what}: ${measured}${times} against ${reference}; ${target}: ${met ? 'met' : 'missed'}`);
  if (process.env.BENCH_RECORD) appendFileSync(process.env.BENCH_RECORD, `${JSON.stringify(figure)}\n`);
}
