import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number from 1 to `most`. */
export const atMost =
  (most: number) =>
  (given: string): number => {
    const number = Number(given);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`Give a number from 1 to ${most}.`);
  };
