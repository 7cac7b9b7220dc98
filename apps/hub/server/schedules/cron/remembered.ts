/**
 * A function whose answers are remembered, at most so many: then all are forgotten, which costs less to get right than
 * to know which one is needed least. For pure functions of a text.
 */
export function remembered<Answer>(most: number, answer: (key: string) => Answer): (key: string) => Answer {
  const answers = new Map<string, Answer>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = answer(key);
    if (answers.size >= most) answers.clear();
    answers.set(key, found);
    return found;
  };
}
