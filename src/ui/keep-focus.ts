/** What can take the focus, apart from what is disabled or hidden. No fields for text: they take the keys of the page. */
const FOCUSABLE =
  'a[href], button, input:is([type=checkbox], [type=radio], [type=range]), select, summary, [tabindex]:not(input, textarea)';
/** An element that was disabled for a moment (a button whose request is under way) gets the focus back until then. */
const MAX_DISABLED_MS = 400;

/** Where an element stood: its ancestors, and what followed and preceded it at each level. */
interface Place {
  readonly parent: Element;
  readonly next: Element | null;
  readonly previous: Element | null;
}

interface Focused {
  readonly element: HTMLElement;
  readonly places: readonly Place[];
  /** The page that it was on. */
  readonly pathname: string;
}

function note(element: HTMLElement): Focused {
  const places: Place[] = [];
  for (let child: Element = element; child.parentElement; child = child.parentElement) {
    places.push({
      parent: child.parentElement,
      next: child.nextElementSibling,
      previous: child.previousElementSibling,
    });
  }
  return { element, places, pathname: window.location.pathname };
}

const canFocus = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.isConnected &&
  !element.matches(':disabled, [tabindex="-1"], [aria-hidden="true"], [aria-hidden="true"] *, [inert] *') &&
  element.checkVisibility({ visibilityProperty: true });

/** The first element in `root`, itself included, that can take the focus. */
function findFocusable(root: Element | null): HTMLElement | null {
  if (!root?.isConnected) return null;
  if (root.matches(FOCUSABLE) && canFocus(root)) return root;
  for (const element of root.querySelectorAll(FOCUSABLE)) if (canFocus(element)) return element;
  return null;
}

const getMain = () => document.querySelector<HTMLElement>('main[tabindex]');

/** What stands nearest to where the focus was: what followed, what preceded, or what is left around it; at last the page. */
function findNearest({ places }: Focused): HTMLElement | null {
  for (const { parent, next, previous } of places) {
    // A dialog hangs on the body, beside everything and near to nothing.
    if (parent === document.body || parent.matches('main')) break;
    const nearest = findFocusable(next) ?? findFocusable(previous) ?? findFocusable(parent);
    if (nearest) return nearest;
  }
  return getMain();
}

/**
 * Keeps the focus on the page for whoever uses the keyboard: browsers drop it on `body` when the focused element is removed
 * or disabled. It goes to what stands nearest instead. After a press of the pointer it is left alone: on a phone, a field that
 * gets it opens the keyboard. The returned function ends that.
 */
export function keepFocus(): () => void {
  let last: Focused | null = null;
  let isByKeyboard = false;
  /** Whether a person has gone back or forward since the focus was noted. */
  let hasTraversed = false;
  /** The focused element, once it was disabled. */
  let disabled: HTMLElement | null = null;
  let timer = 0;
  const isLost = () => document.activeElement === null || document.activeElement === document.body;

  const restore = () => {
    window.clearTimeout(timer);
    if (last === null || !isByKeyboard || !isLost()) return;
    const { element } = last;
    if (element.isConnected && element.matches(':disabled')) timer = window.setTimeout(replace, MAX_DISABLED_MS);
    else if (!canFocus(element)) replace();
    else if (element === disabled) element.focus({ preventScroll: true });
    // Left on purpose, as a field is when its value is taken.
    else last = null;
  };
  const replace = () => {
    if (last === null || !isByKeyboard || !isLost()) return;
    // On another page nothing stands near to where it was.
    const isElsewhere = hasTraversed || last.pathname !== window.location.pathname;
    const next = isElsewhere ? getMain() : findNearest(last);
    next?.focus({ preventScroll: true });
  };

  const handleFocusIn = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    last = note(target);
    hasTraversed = false;
    disabled = null;
  };
  const handleKeyDown = () => {
    isByKeyboard = true;
  };
  const handleTraversal = () => {
    hasTraversed = true;
  };
  const handlePointerDown = () => {
    isByKeyboard = false;
  };
  const observer = new MutationObserver(() => {
    if (last?.element.matches(':disabled')) disabled = last.element;
    // After React and the dialogs have placed the focus themselves.
    if (last !== null && isByKeyboard && isLost()) requestAnimationFrame(restore);
  });
  document.addEventListener('focusin', handleFocusIn);
  window.addEventListener('popstate', handleTraversal);
  document.addEventListener('keydown', handleKeyDown, { capture: true });
  document.addEventListener('pointerdown', handlePointerDown, { capture: true });
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'aria-hidden', 'style', 'class'],
  });
  return () => {
    window.clearTimeout(timer);
    document.removeEventListener('focusin', handleFocusIn);
    window.removeEventListener('popstate', handleTraversal);
    document.removeEventListener('keydown', handleKeyDown, { capture: true });
    document.removeEventListener('pointerdown', handlePointerDown, { capture: true });
    observer.disconnect();
  };
}
