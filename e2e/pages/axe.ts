import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds on a page that keeps people out (serious or critical): the rule, and where. */
export async function seriousProblems(page: Page): Promise<string[]> {
  await waitUntilStill(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
}

/** Waits for what fades or slides in: half transparent, every text has too little contrast. */
async function waitUntilStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const moving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === 'running' && effect !== null && Number.isFinite(effect.getComputedTiming().endTime),
        );
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      // A component that comes in is drawn once before its transition begins.
      for (let frames = 0; frames < 3; frames += 1) await frame();
    } while (moving().length > 0);
  });
}
