import { type Finding, type GroupError, intervalText, type Review, SECTIONS, shareText } from './finding.ts';

/** A finding as it is worded on the page, in the order in which they are to stand. */
export interface Worded {
  readonly id: string;
  readonly text: string;
}

/** One page of Markdown. `worded` takes the place of the findings' own sentences; `note` is said at the end. */
export function writePage(
  review: Review,
  { worded = review.findings, note }: { readonly worded?: readonly Worded[]; readonly note?: string } = {},
): string {
  const section = new Map(review.findings.map((finding) => [finding.id, finding.section]));
  const parts = SECTIONS.flatMap((title) => {
    const own = worded.filter(({ id }) => section.get(id) === title);
    const table = title === 'Whom errors reach' && review.groups.length > 0 ? ['', ...groupTable(review.groups)] : [];
    return own.length === 0 && table.length === 0 ? [] : [`## ${title}`, '', ...own.map(({ text }) => `- ${text}`), ...table, ''];
  });
  return [`# Review: ${review.title}`, '', `Run \`${review.run}\`.`, '', ...parts, ...(note === undefined ? [] : [`_${note}_`, ''])].join(
    '\n',
  );
}

/** Findings in the order of their sections. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return SECTIONS.flatMap((title) => findings.filter(({ section }) => section === title));
}

function groupTable(groups: readonly GroupError[]): string[] {
  return [
    '| by | group | items | units | WAPE | bias, 90 % | CRPS over naive, 90 % | within 80 %, too few (-) |',
    '|---|---|---:|---:|---:|---|---|---:|',
    ...groups.map(
      ({ by, group, items, units, wape, bias, againstNaive, coverageGap }) =>
        `| ${by} | ${group} | ${items} | ${Math.round(units).toLocaleString('en-US')} | ${known(wape.value, (value) => value.toFixed(3))} | ${known(bias.value, (value) => `${shareText(value, { signed: true })} ${intervalText(bias.ci90)}`)} | ${known(againstNaive.value, (value) => `${value.toFixed(2)} [${againstNaive.ci90[0].toFixed(2)}, ${againstNaive.ci90[1].toFixed(2)}]`)} | ${known(coverageGap.value, (value) => shareText(value, { signed: true }))} |`,
    ),
  ];
}

function known(value: number, show: (value: number) => string): string {
  return Number.isFinite(value) ? show(value) : '-';
}
