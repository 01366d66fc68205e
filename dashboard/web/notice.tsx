import type { ComponentChildren } from 'preact';
import type { Server, ServerState } from './parts/server.ts';
import { useTexts } from './texts/index.tsx';

/** What went wrong, in a line above everything else. */
export function Notice({ server, state }: { readonly server: Server; readonly state: ServerState }) {
  const texts = useTexts();
  const { error, link } = state;
  if (link === 'foreign') return <Banner>{texts.page.otherVersion}</Banner>;
  if (link === 'lost') return <Banner>{texts.page.lostLong}</Banner>;
  if (error !== null) {
    return (
      <Banner dismiss={() => server.dismiss()}>
        {error.message} {error.expected !== null && texts.page.expected(error.expected)}
      </Banner>
    );
  }
  return null;
}

function Banner({ children, dismiss }: { readonly children: ComponentChildren; readonly dismiss?: () => void }) {
  const texts = useTexts();
  return (
    <div class="notice" role="alert">
      <p>{children}</p>
      {dismiss && (
        <button type="button" class="bare" aria-label={texts.page.dismiss} onClick={dismiss}>
          ×
        </button>
      )}
    </div>
  );
}
