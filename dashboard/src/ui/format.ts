import type { Language } from "../i18n/words";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** A span of seconds in its two largest units, such as "2 h 5 min". */
export function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < DAY) {
    const minutes = Math.floor((whole % HOUR) / MINUTE);
    return `${Math.floor(whole / HOUR)} h${minutes ? ` ${minutes} min` : ""}`;
  }
  const hours = Math.floor((whole % DAY) / HOUR);
  return `${Math.floor(whole / DAY)} d${hours ? ` ${hours} h` : ""}`;
}

export function clockTime(at: string | number | Date, language: Language): string {
  return new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
}

export function dateTime(at: string | number | Date, language: Language): string {
  return new Date(at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
}

/** A day, such as "2 mar". */
export function dayOf(at: string | number | Date, language: Language): string {
  return new Date(at).toLocaleDateString(language, { day: "numeric", month: "short" });
}

/** With a capital letter, as a label begins. */
export function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}

/** US dollars: cents where they tell something, more digits where they do not. */
export function usd(amount: number): string {
  return `US$ ${amount === 0 || amount >= 0.1 ? amount.toFixed(2) : amount.toFixed(4)}`;
}
