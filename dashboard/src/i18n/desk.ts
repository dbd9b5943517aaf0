import type { Words } from "./es";

/** A status or priority of the desk in the page's language; what a desk named itself stays so. */
export function deskWord(words: Words, said: string): string {
  return words.deskWords[said] ?? said;
}
