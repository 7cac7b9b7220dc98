import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowHeights, lineHeight } from './row-heights.ts';

test('rows begin where the heights before them end, and are found again by that', () => {
  const notes = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.integer({ min: lineHeight, max: 400 })), { maxLength: 20 });
  fc.assert(
    fc.property(notes, (noted) => {
      const heights = createRowHeights();
      const plain = Array.from({ length: 40 }, () => lineHeight);
      for (const [row, height] of noted) {
        expect(heights.note(row, height)).toBe(plain[row] !== height);
        plain[row] = height;
      }
      let top = 0;
      for (const [row, height] of plain.entries()) {
        expect(heights.top(row)).toBe(top);
        expect(heights.at(top)).toBe(row);
        expect(heights.at(top + height - 1)).toBe(row);
        top += height;
      }
    }),
  );
});
