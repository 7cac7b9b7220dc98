import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('let in as many as there are, and the next ones in their order as slots come free', async () => {
    const slots = new Slots(2);
    await slots.take();
    await slots.take();
    const order: string[] = [];
    const third = slots.take().then(() => order.push('third'));
    const fourth = slots.take().then(() => order.push('fourth'));
    expect(slots.busy).toBe(2);
    slots.release();
    await third;
    expect(order).toEqual(['third']);
    slots.release();
    await fourth;
    expect(order).toEqual(['third', 'fourth']);
    let idle = false;
    const becoming = slots.idle().then(() => {
      idle = true;
    });
    slots.release();
    await Promise.resolve();
    expect(idle).toBe(false);
    slots.release();
    await becoming;
    expect(slots.busy).toBe(0);
  });

  it('once closed, refuse those who wait and those who come, and keep those who are in', async () => {
    const slots = new Slots(1);
    await slots.take();
    const waiting = slots.take();
    slots.close(new Error('stopping'));
    await expect(waiting).rejects.toThrow('stopping');
    await expect(slots.take()).rejects.toThrow('stopping');
    expect(slots.busy).toBe(1);
  });
});
