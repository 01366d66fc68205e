import type { HelloMessage } from '../../protocol.ts';
import type { Table } from './table.ts';
export function PlayView(_props: { readonly table: Table; readonly hello: HelloMessage }) {
  return <main id="content" />;
}
