/** What was typed, as a knob takes it: a number where it is one. */
export function knobFrom(typed: string): number | string {
  const number = Number(typed);
  return typed.trim() === '' || Number.isNaN(number) ? typed : number;
}
