import type { HelloMessage } from '../../protocol.ts';
import type { Server } from '../parts/server.ts';
export function CompareView(_props: { readonly server: Server; readonly hello: HelloMessage }) {
  return <main id="content" />;
}
