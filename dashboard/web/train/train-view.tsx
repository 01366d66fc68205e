import type { HelloMessage } from '../../protocol.ts';
import type { Trainer } from './trainer.ts';
export function TrainView(_props: { readonly trainer: Trainer; readonly hello: HelloMessage }) {
  return <main id="content" />;
}
