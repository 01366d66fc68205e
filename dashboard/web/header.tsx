import type { LinkState } from './parts/link.ts';
import { VIEWS, type View } from './parts/route.ts';
import { LANGUAGES, useLanguage, useTexts } from './texts/index.tsx';

/** Name, views, language, and how the connection is. */
export function Header({ view, link }: { readonly view: View; readonly link: LinkState }) {
  const texts = useTexts();
  const { language, choose } = useLanguage();
  const said = { connecting: texts.page.connecting, open: texts.page.connected, lost: texts.page.lost, foreign: texts.page.lost }[link];
  return (
    <header class="top">
      <button type="button" class="skip" onClick={jump}>
        {texts.page.skip}
      </button>
      <h1 title={texts.page.tagline}>{texts.page.productName}</h1>
      <nav class="tabs" aria-label={texts.page.views}>
        {VIEWS.map((id) => (
          <a key={id} href={`#view=${id}`} aria-current={id === view ? 'page' : undefined}>
            {texts.page[id]}
          </a>
        ))}
      </nav>
      <p class={`link ${link}`} role="status">
        {said}
      </p>
      <select
        class="language"
        aria-label={texts.page.language}
        value={language}
        onChange={({ currentTarget: { value } }) => LANGUAGES.filter(({ id }) => id === value).map(({ id }) => choose(id))}
      >
        {LANGUAGES.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </header>
  );
}

/** The address behind # names a view, so the focus is moved by hand. */
function jump(): void {
  const content = document.getElementById('content');
  content?.setAttribute('tabindex', '-1');
  content?.focus();
}
