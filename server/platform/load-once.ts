/**
 * Loads something large when it is first needed, and once. A failed load is not kept: the next call tries again.
 * Models take memory and half a second to load, and most requests need none.
 */
export function loadOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
