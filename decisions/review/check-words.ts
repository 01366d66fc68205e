import type { Finding } from './finding.ts';
import type { Worded } from './write-page.ts';

/** [characters] of one sentence group, and times that it may be as long as what it says anew. */
const LONGEST = 600;

/** Numbers that are written as words: what a model might slip in past the digits. */
const NUMBER_WORDS =
  /\b(zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|halves|halved|thirds?|quarters?|fifths?|tenths?|twice|thrice|double[ds]?|triple[ds]?|quadrupled?|(?:two|three|four|five|ten)fold)\b/gi;

/**
 * What is wrong with a model's wording, in a sentence; null where nothing is. Every number, in digits or words, has to stand in the finding that it is said of,
 * no finding may lack or come twice, and nothing but plain words may be in it.
 */
export function faultOf(worded: readonly Worded[], findings: readonly Finding[]): string | null {
  const known = new Map(findings.map((finding) => [finding.id, finding]));
  const used = new Set<string>();
  for (const { id, text } of worded) {
    const finding = known.get(id);
    if (finding === undefined) return `it speaks of a finding that there is not: ${short(id)}`;
    if (used.has(id)) return `it says a finding twice: ${id}`;
    used.add(id);
    if (text.trim() === '') return `it leaves a finding empty: ${id}`;
    if (text.length > LONGEST) return `it says too much about ${id}: ${text.length} characters, where ${LONGEST} are the most`;
    const markup = /[<>`[\]{}|*#_\\]|https?:|www\.|\p{Cc}/u.exec(text.replaceAll(/\[(?=[-+\d])|(?<=\d)\]/g, ''));
    if (markup !== null) return `it has markup or an address in ${id}: ${short(JSON.stringify(markup[0]))}`;
    const allowed = new Set(numbersIn(finding.text));
    const invented = numbersIn(text).find((number) => !allowed.has(number));
    if (invented !== undefined) return `it has a number that is not in the finding ${id}: ${short(invented)}`;
  }
  const missing = findings.find(({ id }) => !used.has(id));
  return missing === undefined ? null : `it leaves out a finding: ${missing.id}`;
}

/** Numbers of a text in one form each: digits without separators, and number words. A sign counts. */
export function numbersIn(text: string): string[] {
  const plain = text.normalize('NFKC').replaceAll(/[\u2212\u2012-\u2015]/g, '-');
  const digits = [...plain.matchAll(/(?<![\p{L}\p{N}-])-?\p{N}[\p{N}.,]*(?:e[+-]?\p{N}+)?|\p{N}[\p{N}.,]*/gu)].map(([found]) =>
    canonical(found),
  );
  const words = [...plain.matchAll(NUMBER_WORDS)].map(([word]) => word.toLowerCase());
  return [...digits, ...words];
}

function canonical(found: string): string {
  const bare = found.replace(/[.,]+$/, '').replaceAll(/,(?=\d{3}(\D|$))/g, '');
  const value = Number(bare);
  return Number.isFinite(value) && /^[-\d.e+]+$/.test(bare) ? String(value) : bare;
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
