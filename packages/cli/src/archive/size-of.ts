const units = ['KiB', 'MiB', 'GiB', 'TiB'];

/** `812 B`, `3.4 KiB`, `1.2 TiB`. */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length);
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}
