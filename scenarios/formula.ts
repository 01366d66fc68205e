import { UserError } from '../env/index.ts';

/** What a formula can be about: numbers, words, yes and no, lists, or nothing. */
export type Value = number | string | boolean | null | readonly Value[];

export type Names = Readonly<Record<string, Value>>;

/**
 * Works out a formula of a scenario's template: numbers, 'words', names, lists[index] counted from 0, + - * /, comparisons, `a ? b : c`, and the functions
 * count, sum(list, from, to), min, max, mod, round, sqrt. `none` leaves a field out.
 * @throws UserError that shows the formula and what was expected
 */
export function evaluateFormula(text: string, names: Names): Value {
  const reader = new Reader(text, names);
  const value = reader.choice();
  reader.end();
  return typeof value === 'number' ? Number(value.toPrecision(DIGITS)) : value;
}

/** Kept of a result: the rounding errors of sums of decimal fractions are cut off. */
const DIGITS = 14;

const TOKEN = /\s*(\d+(?:\.\d+)?|'[^']*'|[A-Za-z_]\w*|==|!=|<=|>=|[-+*/<>?:()[\],])/y;

const COMPARISONS: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => Number(a) < Number(b),
  '>': (a, b) => Number(a) > Number(b),
  '<=': (a, b) => Number(a) <= Number(b),
  '>=': (a, b) => Number(a) >= Number(b),
};

/** A formula is read and worked out in one go, from the loosest binding to the tightest. */
class Reader {
  readonly #text: string;
  readonly #names: Names;
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string, names: Names) {
    this.#text = text;
    this.#names = names;
    this.#tokens = this.#split();
  }

  #split(): string[] {
    const tokens: string[] = [];
    const pattern = new RegExp(TOKEN);
    while (this.#text.slice(pattern.lastIndex).trim() !== '') {
      const from = pattern.lastIndex;
      const match = pattern.exec(this.#text);
      if (!match) throw this.#wrong(`"${this.#text.slice(from).trim()}" cannot be read`);
      tokens.push(match[1]);
    }
    return tokens;
  }

  #wrong(what: string): UserError {
    return new UserError(`template: \${${this.#text}}: ${what}; expected a formula such as sum(leadTimes, i) or mean * 2`);
  }

  #take(...wanted: readonly string[]): string | undefined {
    const token = this.#tokens[this.#at];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.#at++;
    return token;
  }

  #need(wanted: string): void {
    if (this.#take(wanted) === undefined) throw this.#wrong(`"${wanted}" is missing before "${this.#tokens[this.#at] ?? 'the end'}"`);
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#wrong(`"${this.#tokens[this.#at]}" is one too many`);
  }

  choice(): Value {
    const condition = this.#comparison();
    if (this.#take('?') === undefined) return condition;
    const yes = this.choice();
    this.#need(':');
    const no = this.choice();
    return condition ? yes : no;
  }

  #comparison(): Value {
    const left = this.#sum();
    const sign = this.#take(...Object.keys(COMPARISONS));
    return sign === undefined ? left : COMPARISONS[sign](left, this.#sum());
  }

  #sum(): Value {
    let value = this.#product();
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-')) {
      const next = this.#number(this.#product());
      value = this.#number(value) + (sign === '+' ? next : -next);
    }
    return value;
  }

  #product(): Value {
    let value = this.#signed();
    for (let sign = this.#take('*', '/'); sign !== undefined; sign = this.#take('*', '/')) {
      const next = this.#number(this.#signed());
      value = sign === '*' ? this.#number(value) * next : this.#number(value) / next;
    }
    return value;
  }

  #signed(): Value {
    return this.#take('-') === undefined ? this.#indexed() : -this.#number(this.#signed());
  }

  #indexed(): Value {
    let value = this.#atom();
    while (this.#take('[') !== undefined) {
      const index = this.#number(this.choice());
      this.#need(']');
      const entry = (Array.isArray(value) ? value : [value])[index];
      if (entry === undefined) throw this.#wrong(`there is no entry ${index} in ${JSON.stringify(value)}`);
      value = entry;
    }
    return value;
  }

  #atom(): Value {
    if (this.#take('(') !== undefined) {
      const value = this.choice();
      this.#need(')');
      return value;
    }
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw this.#wrong('it ends too early');
    if (/^\d/.test(token)) return Number(token);
    if (token.startsWith("'")) return token.slice(1, -1);
    if (this.#take('(') !== undefined) return this.#call(token);
    if (token === 'none') return null;
    if (Object.hasOwn(this.#names, token)) return this.#names[token];
    throw this.#wrong(`"${token}" is not among ${Object.keys(this.#names).join(', ')}`);
  }

  #call(name: string): number {
    const given: Value[] = [];
    while (this.#take(')') === undefined) {
      given.push(this.choice());
      if (this.#take(',') === undefined) {
        this.#need(')');
        break;
      }
    }
    const [list, ...rest] = given;
    const numbers = () => this.#list(given.length === 1 && Array.isArray(list) ? list : given);
    switch (name) {
      case 'count':
        return this.#list(list).length;
      case 'sum':
        return this.#list(list)
          .slice(...rest.map((bound) => this.#number(bound)))
          .reduce((a, b) => a + b, 0);
      case 'min':
        return Math.min(...numbers());
      case 'max':
        return Math.max(...numbers());
      case 'mod':
        return this.#number(list) % this.#number(rest[0]);
      case 'round':
        return Math.round(this.#number(list));
      case 'sqrt':
        return Math.sqrt(this.#number(list));
      default:
        throw this.#wrong(`there is no function "${name}" among count, sum, min, max, mod, round, sqrt`);
    }
  }

  /** One number where a list is wanted is a list of one. */
  #list(value: Value): number[] {
    return (Array.isArray(value) ? value : [value]).map((entry) => this.#number(entry));
  }

  #number(value: Value): number {
    if (typeof value === 'number') return value;
    throw this.#wrong(`${JSON.stringify(value)} is no number`);
  }
}
