import { expect, test } from 'vitest';
import { WHOLE } from '#engines/scatter/camera.ts';
import { parseView, viewText } from './view-text.ts';

test('a view survives the URL; the whole map needs none', () => {
  const view = { x: 0.1234, y: 0.9876, zoom: 12.5 };
  expect(parseView(viewText(view))).toEqual(view);
  expect(viewText(WHOLE)).toBeNull();
  expect(viewText({ ...WHOLE, x: 0.500_01 })).toBeNull();
});

test('anything else is the whole map', () => {
  for (const text of [null, '', '1', 'a,b,c', '0.5,0.5,0', '0.5,0.5,1e9', '99,0,1', '0.5,0.5,NaN']) {
    expect(parseView(text)).toEqual(WHOLE);
  }
});
