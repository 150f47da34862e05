import { choiceParameter, textParameter } from '#ui/url-state.ts';

export const VIEWS = ['vectors', 'databases', 'programs'] as const;

/** Which part of the page is shown. */
export const VIEW = choiceParameter('view', VIEWS, 'vectors');
/** The text that is shown as a vector. */
export const TEXT = textParameter('text');
/** The name of the database that a program is shown for. */
export const DATABASE = textParameter('database');
