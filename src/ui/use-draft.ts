import { type Dispatch, type SetStateAction, useState } from 'react';

/** A value that is being edited: it begins as what it is kept as, and again whenever that changes. */
export function useDraft<Value>(kept: Value): [Value, Dispatch<SetStateAction<Value>>] {
  const [known, setKnown] = useState(kept);
  const [draft, setDraft] = useState(kept);
  if (known !== kept) {
    setKnown(kept);
    setDraft(kept);
  }
  return [draft, setDraft];
}
