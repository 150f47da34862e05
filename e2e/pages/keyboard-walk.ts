import type { Page } from '@playwright/test';

export interface KeyboardWalk {
  /** How many elements the Tab key stopped at before it left the page. */
  readonly stops: number;
  /** What cannot be seen to have the focus while it has it. */
  readonly unseen: readonly string[];
  /** What can take the focus and was never given it. */
  readonly missed: readonly string[];
}

/** More stops than any page has: the walk did not come to an end. */
const TOO_MANY = 400;

/** Goes through a page with the Tab key from its top to its end. */
export async function walkByKeyboard(page: Page): Promise<KeyboardWalk> {
  await page.evaluate(() => {
    const visited = new Set<Element>();
    const named = (element: Element) =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    const around = (element: Element, levels: number): Element[] =>
      element.parentElement && levels > 0 ? [element, ...around(element.parentElement, levels - 1)] : [element];
    /** How an element and what lies around it look at rest: a ring may be drawn by any of them. */
    const getLook = (element: Element) => {
      for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
      return [...around(element, 4), element.nextElementSibling, ...element.children]
        .filter((part) => part !== null)
        .map((part) => {
          const { outline, boxShadow, borderColor, backgroundColor, opacity } = getComputedStyle(part);
          return [outline, boxShadow, borderColor, backgroundColor, opacity].join();
        })
        .join('\n');
    };
    const walk = {
      /** Notes what has the focus; the element left before it must have looked otherwise while it had it. */
      before: null as { element: Element; look: string } | null,
      unseen: [] as string[],
      step(): 'on' | 'end' {
        const focused = document.activeElement;
        // A date is one element with a stop for each of its parts.
        if (walk.before?.element === focused) return 'on';
        if (walk.before?.element.isConnected) {
          if (getLook(walk.before.element) === walk.before.look) walk.unseen.push(named(walk.before.element));
        }
        walk.before = null;
        if (!focused || focused === document.body || visited.has(focused)) return 'end';
        visited.add(focused);
        walk.before = { element: focused, look: getLook(focused) };
        return 'on';
      },
      missed: () =>
        [...document.querySelectorAll<HTMLElement>('a[href], button, input, textarea, select, [tabindex]')]
          .filter((element) => element.tabIndex >= 0 && !element.matches(':disabled, [type=radio], [type=file]'))
          .filter((element) => element.checkVisibility({ visibilityProperty: true }))
          .filter((element) => !visited.has(element))
          .map(named),
    };
    Object.assign(window, { keyboardWalk: walk });
    (document.activeElement as HTMLElement | null)?.blur();
  });
  let stops = 0;
  for (; stops < TOO_MANY; stops += 1) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate('keyboardWalk.step()');
    if (where === 'end') break;
  }
  if (stops === TOO_MANY) throw new Error(`The Tab key did not leave the page after ${TOO_MANY} stops.`);
  const { unseen, missed } = (await page.evaluate(
    '({ unseen: keyboardWalk.unseen, missed: keyboardWalk.missed() })',
  )) as Omit<KeyboardWalk, 'stops'>;
  return { stops, unseen, missed };
}
