import { type JsonSchema, scenarioJsonSchema } from '../scenarios/index.ts';

/** docs/scenario-format.md: every field of a scenario file, as the published JSON Schema says. */
export function scenarioFormatPage(): string {
  const schema = scenarioJsonSchema({ shared: false });
  const fields = propertiesOf(schema);
  const money = typeText(propertiesOf(elementOf(fields.locations)).holdingCost);
  const sections = SECTIONS.map(({ name, title, text }) => `\n## ${title}\n\n${text}\n\n${partOf(elementOf(fields[name]))}`);
  const page = `# The scenario format

Made by \`npm run -s docs\` from the schema that reads scenario files; \`replenish scenarios schema --json\` prints the same as JSON Schema, and the package
holds it as \`replenish/scenario.schema.json\`. An editor with a YAML language server completes and checks a file whose first line is

    # yaml-language-server: $schema=node_modules/replenish/dist/scenarios/scenario.schema.json

\`replenish scenarios new\` asks a few questions and writes such a file; \`replenish scenarios check FILE\` says everything that is wrong with one, what the schema
cannot see too; \`replenish scenarios show ID\` prints a preset whole. A field in *italics* may be left out. Units are units of the item, periods whatever the
scenario's story says. *money* is a number of 0 or more; or one for each item, \`{ milk: 1, bread: 0.5 }\`; or, where lanes are the items of a catalogue, a part of each
one's price, \`{ ofPrice: 0.2 }\`.

## A scenario

${fieldTable(schema, new Map(SECTIONS.map(({ name, title }) => [name, anchor(title)])))}
A file with a \`template\` need not have \`locations\`, \`links\` and \`demand\`: the template writes them.
${sections.join('')}
## Distributions

Of demand, beside \`location\`, or beside the fields of a kind of demand that has a base. Of sd, cv and variance give exactly one.

${distributionTable(elementOf(fields.demand))}`;
  return page.replaceAll(money, 'money');
}

interface Section {
  /** Of the field at the top. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

const SECTIONS: readonly Section[] = [
  { name: 'items', title: 'Items', text: 'By their ids. Left out: one item that keeps.' },
  {
    name: 'locations',
    title: 'Locations',
    text: 'By their ids: places that hold stock. `supplier` stands for the outside source and is no location.',
  },
  { name: 'links', title: 'Links', text: 'Ways from a sender to a receiver, along which orders are placed.' },
  {
    name: 'demand',
    title: 'Demand',
    text: 'One entry for each place, and item where there are several, at which customers come: `location`, `item` where there are several, and a distribution that stays, or one of these kinds.',
  },
  {
    name: 'indices',
    title: 'Indices',
    text: 'By their ids: what moves by itself outside. The level multiplies the unit cost of links with its `priceIndex`, and the mean of demand of kind `index`.',
  },
  {
    name: 'catalogue',
    title: 'Catalogue',
    text: 'Items of a data set, one to a lane, with forecasts that are fitted to their sales; see also docs/sales-files.md.',
  },
  { name: 'environment', title: 'Environment', text: 'What a learned agent sees and chooses from.' },
];

function anchor(title: string): string {
  return `[${title.toLowerCase()}](#${title.toLowerCase()})`;
}

/** Tables of a part of the schema: one, or one for each form that it can have. */
function partOf(node: JsonSchema): string {
  const variants = alternatives(node);
  if (variants.length === 0) return fieldTable(node, new Map());
  return variants
    .filter((variant) => constOf(commonFields(variant).kind) !== 'stationary')
    .map((variant) => {
      const { location, item, ...own } = commonFields(variant);
      const base =
        alternatives(variant).length > 0
          ? '\nBeside them a [distribution](#distributions), or `base`: another kind of demand, without its place.\n'
          : '';
      return `### kind: ${constOf(own.kind)}\n\n${fieldTable({ ...variant, properties: without(own, 'kind'), required: requiredOf(variant) }, new Map())}${base}\n`;
    })
    .join('\n');
}

function distributionTable(demand: JsonSchema): string {
  const [stationary] = alternatives(demand);
  const rows = alternatives(stationary).map((form) => {
    const { location, item, kind, distribution, ...parameters } = propertiesOf(form);
    const required = requiredOf(form);
    const texts = Object.entries(parameters).map(
      ([name, node]) => `${emphasised(name, required)}: ${String(node.description ?? typeText(node))}`,
    );
    return `| \`${constOf(distribution)}\` | ${cell(texts.join('; '))} |\n`;
  });
  return `| distribution | parameters |\n|---|---|\n${rows.join('')}`;
}

function fieldTable(node: JsonSchema, links: ReadonlyMap<string, string>): string {
  const required = requiredOf(node);
  const rows = Object.entries(propertiesOf(node))
    .filter(([, field]) => field.not === undefined)
    .map(([name, field]) => {
      const link = links.get(name);
      const takes = link ? `see ${link}` : typeText(field);
      const preset = field.default === undefined ? '' : `; default ${JSON.stringify(field.default)}`;
      return `| ${emphasised(name, required)} | ${cell(takes + preset)} | ${cell(String(field.description ?? ''))} |\n`;
    });
  if (rows.length === 0) return 'It has no fields of its own.\n';
  return `| field | takes | what it is |\n|---|---|---|\n${rows.join('')}`;
}

function emphasised(name: string, required: readonly string[]): string {
  return required.includes(name) ? `\`${name}\`` : `*\`${name}\`*`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** What a field takes, in words; objects with their fields, a step deep. */
function typeText(node: JsonSchema): string {
  if (node.$ref !== undefined) return 'a distribution or process, as here';
  if ('const' in node) return `\`${node.const}\``;
  if (Array.isArray(node.enum)) return node.enum.map((value) => `\`${value}\``).join(', ');
  const forms = alternatives(node);
  if (forms.length > 0) return [...new Set(forms.map(typeText))].join(', or ');
  if (node.type === 'array')
    return Array.isArray(node.items) ? `a list: ${node.items.map(typeText).join(', ')}` : `a list: ${typeText(asNode(node.items))}`;
  if (node.type === 'object') return objectText(node);
  if (node.type === 'number' || node.type === 'integer') return numberText(node);
  return { string: 'text', boolean: 'true or false', null: 'null' }[String(node.type)] ?? 'anything';
}

function objectText(node: JsonSchema): string {
  const fields = Object.entries(propertiesOf(node));
  if (fields.length === 0)
    return isNode(node.additionalProperties) ? `by name: ${typeText(node.additionalProperties)}` : 'fields of any name';
  const required = requiredOf(node);
  const texts = fields.map(([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(field)}`);
  return `{ ${texts.join('; ')} }`;
}

function numberText({ type, minimum, maximum, exclusiveMinimum }: JsonSchema): string {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  const least = typeof minimum === 'number' && minimum > -Number.MAX_SAFE_INTEGER ? minimum : null;
  const most = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? maximum : null;
  if (exclusiveMinimum !== undefined)
    return most === null ? `${kind} above ${exclusiveMinimum}` : `${kind} above ${exclusiveMinimum}, at most ${most}`;
  if (least !== null && most !== null) return `${kind} from ${least} to ${most}`;
  if (least !== null) return `${kind}, ${least} or more`;
  return most === null ? kind : `${kind}, at most ${most}`;
}

/** What stands in a list, or under each name. */
function elementOf(node: JsonSchema): JsonSchema {
  if (node.type === 'array') return asNode(node.items);
  return isNode(node.additionalProperties) ? node.additionalProperties : node;
}

function alternatives(node: JsonSchema): JsonSchema[] {
  const forms = node.oneOf ?? node.anyOf;
  return Array.isArray(forms) ? forms.filter(isNode) : [];
}

/** Fields that all forms have, or those of the only one. */
function commonFields(node: JsonSchema): Record<string, JsonSchema> {
  const forms = alternatives(node);
  if (forms.length === 0) return propertiesOf(node);
  const [first, ...rest] = forms.map(propertiesOf);
  return Object.fromEntries(Object.entries(first).filter(([name]) => name !== 'distribution' && rest.every((form) => name in form)));
}

function requiredOf(node: JsonSchema): string[] {
  const forms = alternatives(node);
  const own = forms.length > 0 && !('properties' in node) ? forms[0].required : node.required;
  return Array.isArray(own) ? own.map(String) : [];
}

function propertiesOf(node: JsonSchema): Record<string, JsonSchema> {
  return isNode(node.properties) ? Object.fromEntries(Object.entries(node.properties).map(([name, field]) => [name, asNode(field)])) : {};
}

function without(fields: Record<string, JsonSchema>, name: string): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name));
}

function constOf(node: JsonSchema | undefined): string {
  return String(node?.const ?? '');
}

function isNode(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asNode(value: unknown): JsonSchema {
  return isNode(value) ? value : {};
}
