import { useCallback, useMemo } from 'react';
import { useParameter } from '#components/layout/use-parameter.ts';
import type { View } from '#components/scatter/camera.ts';
import { parseView, viewText } from './view-text.ts';

/** Where the map is looked at, in the URL. */
export function useMapView(): [view: View, onView: (view: View) => void] {
  const [text, setText] = useParameter('at');
  const view = useMemo(() => parseView(text), [text]);
  const onView = useCallback((seen: View) => setText(viewText(seen)), [setText]);
  return [view, onView];
}
