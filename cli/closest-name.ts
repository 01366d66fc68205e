/** The name that was probably meant, or undefined where none is near: at most a third of the letters differ. */
export function closestName(received: string, names: readonly string[]): string | undefined {
  let closest: string | undefined;
  let least = Math.max(1, Math.floor(received.length / 3)) + 1;
  for (const name of names) {
    const distance = name.startsWith(received) && received.length > 1 ? 1 : editDistance(received.toLowerCase(), name.toLowerCase());
    if (distance < least) {
      least = distance;
      closest = name;
    }
  }
  return closest;
}

/** Insertions, deletions and replacements between two words (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
