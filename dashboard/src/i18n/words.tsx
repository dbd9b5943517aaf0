import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { en } from "./en";
import { es, type Words } from "./es";

export type Language = "es" | "en";

interface Spoken {
  words: Words;
  language: Language;
  choose: (language: Language) => void;
}

const KEY = "recado.language";
const Context = createContext<Spoken>({ words: es, language: "es", choose: () => undefined });

function preferred(): Language {
  const kept = localStorage.getItem(KEY);
  if (kept === "es" || kept === "en") return kept;
  return navigator.language.startsWith("en") ? "en" : "es";
}

/** Gives the page its words; the choice is kept in this browser. */
export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(preferred);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const spoken = useMemo(
    () => ({
      words: language === "es" ? es : en,
      language,
      choose: (chosen: Language) => {
        localStorage.setItem(KEY, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Context value={spoken}>{children}</Context>;
}

export const useSpoken = (): Spoken => use(Context);
export const useWords = (): Words => use(Context).words;
