/** Cuts items into runs, each at most `maxWeight` heavy unless it is a single item, in their order. */
export function splitByWeight<In>(items: In[], weigh: (item: In) => number, maxWeight: number): In[][] {
  const runs: In[][] = [];
  let run: In[] = [];
  let weight = 0;
  for (const item of items) {
    const itemWeight = weigh(item);
    if (run.length > 0 && weight + itemWeight > maxWeight) {
      runs.push(run);
      run = [];
      weight = 0;
    }
    run.push(item);
    weight += itemWeight;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
