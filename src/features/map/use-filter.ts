import { useMemo } from 'react';
import { useUrlParameter } from '#ui/use-url-parameter.ts';
import { type Filter, filterText, isolated, isShown, parseFilter, toggled } from './filter.ts';

export interface LegendFilter {
  readonly filter: Filter;
  isShown(key: string): boolean;
  toggle(key: string): void;
  isolate(key: string): void;
  showAll(): void;
}

/** Which entries of a legend are shown, in the URL. */
export function useFilter(parameter: string): LegendFilter {
  const [text, setText] = useUrlParameter(parameter);
  return useMemo(() => {
    const filter = parseFilter(text);
    return {
      filter,
      isShown: (key) => isShown(filter, key),
      toggle: (key) => setText(filterText(toggled(filter, key))),
      isolate: (key) => setText(filterText(isolated(filter, key))),
      showAll: () => setText(null),
    };
  }, [text, setText]);
}
