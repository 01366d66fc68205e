/** What the extract's README says of how the extract was made. */
export interface ExtractFacts {
  readonly items: number;
  readonly rows: number;
  readonly weeks: number;
  readonly cut: number;
  readonly perRange: number;
  readonly bounds: readonly number[];
  readonly newItems: number;
  readonly newWeeks: number;
}

/** The README beside the extract, so that its numbers are always those of the script that wrote it. */
export function onlineRetailReadme(facts: ExtractFacts): string {
  const inner = facts.bounds.slice(1, -1);
  const ranges = `under ${inner[0]}, ${inner
    .slice(0, -1)
    .map((bound, k) => `${bound} to ${inner[k + 1]}`)
    .join(', ')}, and ${inner[inner.length - 1]} and over`;
  return `# Online Retail, an extract

Weekly sales of ${facts.items} items of a UK wholesaler of gifts, with their English descriptions.

Credit: Chen, D. (2015), *Online Retail*, UCI Machine Learning Repository, doi:10.24432/C5BW33, licence
[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Changed here: cleaned, summed by week, and cut down to some of the items, as said below.

| file | columns |
|---|---|
| \`items.csv\` | \`item\` (stock code), \`description\` (the one on most of its invoice lines before the test weeks), \`price\` (the unit price, in pounds, on most of them) |
| \`sales.csv\` | \`date\` (the Monday of the week), \`item\`, \`quantity\` (units sold in the week), \`price\` (mean unit price of the week, by units); ${facts.rows} rows, no row where nothing was sold |

Weeks begin on Monday. The data's first and last weeks are partial and left out, which leaves ${facts.weeks}: 2010-12-06 to 2011-11-28. In the week of 2010-12-27 nobody traded.
The last ${facts.weeks - facts.cut} weeks are meant for testing. The items were chosen by what happened in the ${facts.cut} weeks before them and nothing else.

## Rule

1. Lines kept: quantity above 0, unit price above 0, stock code of five digits and letters, no cancellation (invoice C...), exact duplicates once, without the two orders of 80,995 and 74,215 units that were cancelled at once.
   Codes that differ only in case are one item.
2. Candidates sold in at least one of the 8 weeks before the test weeks.
3. Established: first sale more than ${facts.newWeeks} weeks before the test weeks, sold in at least 8 weeks before them. ${facts.perRange} from each range of mean weekly units since the first sale: ${ranges}.
4. New: first sale 4 to ${facts.newWeeks} weeks before the test weeks, sold in at least 3 weeks before them. ${facts.newItems} of them, of any volume.
5. Within each group the items with the smallest SHA-256 of the stock code: a draw that knows nothing of how an item sells.

Made by \`npx tsx scripts/make-online-retail.ts PATH/online_retail.csv.gz\` (the script's rule is deterministic: the same input gives the same files).
`;
}
