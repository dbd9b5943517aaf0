// What the server's errors are called here: it sends a code that stays, and an English sentence for
// programmers. A test on its side fails for a code that is not in the table.
import table from "./problems.json";
import { reasonIn } from "./reasons";
import type { Language } from "./words";

const TABLE: Partial<Record<string, Record<Language, string>>> = table;

/** A sentence about an error in this language; `reason` is what it is about, where it says so. */
export function problemIn(language: Language, code: string, reason = ""): string {
  const sentence = (TABLE[code] ?? table.unknown)[language];
  // A sentence that ends says all; one that does not goes on with what it is about.
  return sentence.endsWith(".") ? sentence : reason ? `${sentence}: ${reasonIn(language, reason)}` : `${sentence}.`;
}
