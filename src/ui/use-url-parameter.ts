import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/**
 * One parameter of the URL, as state that a person can share. Null, or nothing, takes it out. Makes no entry in the
 * history. Two parameters are not to be set in one turn: the second would not know of the first.
 */
export function useUrlParameter(name: string): [value: string | null, set: (value: string | null) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (value: string | null) =>
      setParameters(
        (before) => {
          if (value) before.set(name, value);
          else before.delete(name);
          return before;
        },
        { replace: true },
      ),
    [name, setParameters],
  );
  return [parameters.get(name), set];
}
