/** Over how long speed is measured. */
const WINDOW_MS = 3_000;

/** Bytes a second over the last moments, from the totals it is told. `now` is in milliseconds. */
export function speedMeter(now: () => number = () => performance.now()): (sent: number) => number {
  const history: { at: number; sent: number }[] = [];
  return (sent) => {
    const at = now();
    history.push({ at, sent });
    while (history.length > 2 && at - (history[0]?.at ?? at) > WINDOW_MS) history.shift();
    const [first] = history;
    const elapsed = first ? at - first.at : 0;
    // What was taken back (a part begins again) is no speed.
    return first && elapsed > 0 ? Math.max(0, ((sent - first.sent) * 1000) / elapsed) : 0;
  };
}
