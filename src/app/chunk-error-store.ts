import { create } from 'zustand';

/** Whether a part of the frame could not be loaded. */
export const useChunkError = create<{ readonly isMissing: boolean }>()(() => ({ isMissing: false }));
