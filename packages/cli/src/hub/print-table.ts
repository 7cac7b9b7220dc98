/** Columns of text, each as wide as its longest cell. */
export function printTable(header: string[], rows: string[][]): void {
  const widths = header.map((word, i) => Math.max(word.length, ...rows.map((row) => row[i]?.length ?? 0)));
  for (const row of [header, ...rows]) {
    process.stdout.write(
      `${row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
}
