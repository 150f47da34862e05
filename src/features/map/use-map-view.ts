import { useCallback, useMemo, useRef } from 'react';
import type { View } from '#engines/scatter/camera.ts';
import { useParameter } from '#ui/use-url-parameter.ts';
import { parseView, viewText } from './view-text.ts';

/** Where the map is looked at, in the URL. */
export function useMapView(): [view: View, onView: (view: View) => void] {
  const [text, setText] = useParameter('at');
  // The URL rounds: what the map itself has told is not to come back as a view a little beside it.
  const told = useRef<{ text: string | null; view: View } | null>(null);
  const view = useMemo(() => (told.current?.text === text ? told.current.view : parseView(text)), [text]);
  const onView = useCallback(
    (seen: View) => {
      told.current = { text: viewText(seen), view: seen };
      setText(viewText(seen));
    },
    [setText],
  );
  return [view, onView];
}
