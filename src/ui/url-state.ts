import { useCallback, useMemo } from 'react';
import { type NavigateOptions, useSearchParams } from 'react-router';

/** A parameter of the URL, and how its text becomes a value and back. Declared once, by the feature whose state it is. */
export interface UrlParameter<Value> {
  readonly name: string;
  /** Reads any text, also one that a person has typed; null where the URL has no such parameter. */
  parse(text: string | null): Value;
  /** Null where the parameter is to be left out of the URL. */
  format(value: Value): string | null;
}

/** A parameter that is a text. An empty one is left out. */
export const textParameter = (name: string): UrlParameter<string> => ({
  name,
  parse: (text) => text ?? '',
  format: (text) => text || null,
});

/** A parameter that is one of a few words. `fallback` stands for any other, and is left out of the URL. */
export const choiceParameter = <Choice extends string>(
  name: string,
  choices: readonly Choice[],
  fallback: Choice,
): UrlParameter<Choice> => ({
  name,
  parse: (text) => choices.find((choice) => choice === text) ?? fallback,
  format: (choice) => (choice === fallback ? null : choice),
});

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A parameter that is a day (`YYYY-MM-DD`); null for none. */
export const dayParameter = (name: string): UrlParameter<string | null> => ({
  name,
  parse: (text) => (text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null),
  format: (day) => day || null,
});

/** A parameter that is a number of at least 0; null for none. */
export const numberParameter = (name: string): UrlParameter<number | null> => ({
  name,
  parse: (text) => (text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null),
  format: (value) => (value === null ? null : String(value)),
});

/** The text that a parameter gets; null takes it out. */
export type UrlChange = readonly [name: string, text: string | null];

/** Gives a parameter a value. */
export const toChange = <Value>({ name, format }: UrlParameter<Value>, value: Value): UrlChange => [
  name,
  format(value),
];

/** A copy of `search` with changes; parameters that are not named stay. */
export function applyChanges(search: URLSearchParams, changes: readonly UrlChange[]): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, text] of changes) {
    if (text === null) next.delete(name);
    else next.set(name, text);
  }
  return next;
}

const REPLACE: NavigateOptions = { replace: true };

/** The parameters of the URL. `change` sets several at once, by default without an entry in the history. */
export function useUrlState() {
  const [search, setSearch] = useSearchParams();
  const change = useCallback(
    (changes: readonly UrlChange[], options: NavigateOptions = REPLACE) =>
      setSearch((current) => applyChanges(current, changes), options),
    [setSearch],
  );
  const get = <Value>({ name, parse }: UrlParameter<Value>): Value => parse(search.get(name));
  return { search, get, change };
}

/**
 * One parameter of the URL, as state that a person can share. Its value is the same object while its text is the same. Two
 * parameters that change in one turn must be changed together, by `useUrlState`: the second would not know of the first.
 */
export function useUrlParameter<Value>(parameter: UrlParameter<Value>): [value: Value, set: (value: Value) => void] {
  const { search, change } = useUrlState();
  const text = search.get(parameter.name);
  const value = useMemo(() => parameter.parse(text), [parameter, text]);
  const set = useCallback((next: Value) => change([toChange(parameter, next)]), [parameter, change]);
  return [value, set];
}
