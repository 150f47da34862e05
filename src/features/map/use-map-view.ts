import { useCallback, useMemo, useRef } from 'react';
import type { View } from '#engines/scatter/camera.ts';
import { useUrlParameter } from '#ui/use-url-parameter.ts';
import { parseView, viewText } from './view-text.ts';

/** Where the map is looked at, in the URL. */
export function useMapView(): [view: View, onView: (view: View) => void] {
  const [text, setText] = useUrlParameter('at');
  // The URL rounds: what the map itself has lastReported is not to come back as a view a little beside it.
  const lastReported = useRef<{ text: string | null; view: View } | null>(null);
  const view = useMemo(
    () => (lastReported.current?.text === text ? lastReported.current.view : parseView(text)),
    [text],
  );
  const onView = useCallback(
    (seen: View) => {
      lastReported.current = { text: viewText(seen), view: seen };
      setText(viewText(seen));
    },
    [setText],
  );
  return [view, onView];
}
