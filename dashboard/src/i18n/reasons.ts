// Why something was decided: the server keeps a closed set of English phrases, which are their own
// codes; a test on its side fails for one that is not in the table.
import spanish from "./reasons.json";
import type { Language } from "./words";

const TABLE: Partial<Record<string, string>> = spanish;
// Phrases that name what they speak of behind them.
const OPEN_ENDED = ["what it needs did not happen", "waits for", "a model says", "too many events in one body"];
// A field of what came in and what pydantic has against it.
const FIELD = /^((?:event|session|payload|me)(?:\.[\w.]+)?): [a-z_]+$/;
const INVALID = "no es válido";
// A request that broke off, by what was asked and how the library calls it.
const BROKEN = /^[\w/{} ]+: \w*(?:Error|Timeout)$/;

/** A reason in this language; what a desk or a model said stays as it was said. */
export function reasonIn(language: Language, reason: string): string {
  if (language === "en") return reason;
  const whole = TABLE[reason];
  if (whole !== undefined) return whole;
  const begun = OPEN_ENDED.find((phrase) => reason.startsWith(phrase));
  if (begun !== undefined) return `${TABLE[begun] ?? begun}${reason.slice(begun.length)}`;
  const field = FIELD.exec(reason)?.[1];
  if (field !== undefined) return `${field}: ${INVALID}`;
  if (BROKEN.test(reason)) return `se cortó la conexión (${reason})`;
  const parts = reason.split(", ").map((part) => TABLE[part]);
  return parts.every((part) => part !== undefined) ? parts.join(", ") : reason;
}
