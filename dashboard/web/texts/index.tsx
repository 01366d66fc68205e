import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

export type { Texts } from './en.ts';

const languages = { en, zh } as const satisfies Readonly<Record<string, Texts>>;

export type Language = keyof typeof languages;

/** Languages by their own names, for those who cannot read the one that is shown. */
export const LANGUAGES: readonly { readonly id: Language; readonly name: string }[] = [
  { id: 'en', name: 'English' },
  { id: 'zh', name: '中文' },
];

const KEY = 'replenish.language';

interface Chosen {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

const Context = createContext<Chosen>({ language: 'en', choose: () => {} });

/** The page in the language that was chosen before, or in the first of the browser's that there is. */
export function InLanguage({ children }: { readonly children: ComponentChildren }) {
  const [language, setLanguage] = useState<Language>(preferred);
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-Hans' : language;
  }, [language]);
  const choose = (wanted: Language) => {
    localStorage.setItem(KEY, wanted);
    setLanguage(wanted);
  };
  return <Context.Provider value={{ language, choose }}>{children}</Context.Provider>;
}

export function useTexts(): Texts {
  return languages[useContext(Context).language];
}

export function useLanguage(): Chosen {
  return useContext(Context);
}

function preferred(): Language {
  const wanted = [localStorage.getItem(KEY) ?? '', ...navigator.languages].map((name) => name.slice(0, 2).toLowerCase());
  return LANGUAGES.find(({ id }) => id === wanted.find((name) => LANGUAGES.some((one) => one.id === name)))?.id ?? 'en';
}
