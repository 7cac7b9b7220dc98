import { stripVTControlCharacters } from 'node:util';

/** Columns of text, each as wide as its longest cell; colours take no room. */
export function printTable(header: string[], rows: string[][]): void {
  const widths = header.map((word, i) => Math.max(word.length, ...rows.map((row) => widthOf(row[i] ?? ''))));
  for (const row of [header, ...rows]) {
    process.stdout.write(
      `${row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}

const widthOf = (cell: string): number => stripVTControlCharacters(cell).length;
