import type { Group } from './rows.ts';

/** The scenario and settings that a group of rows has in common. */
export function GroupTitle({ group: { scenario, settings } }: { readonly group: Group }) {
  return (
    <h3>
      {scenario}
      {settings !== '' && <span> {settings}</span>}
    </h3>
  );
}
