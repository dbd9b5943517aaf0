import { expect, test } from "vitest";
import { deskWord } from "./desk";
import { en } from "./en";
import { es } from "./es";

test("the desk's own words are said in Spanish, and in English as they are", () => {
  expect(deskWord(es, "On Hold")).toBe("En espera");
  expect(deskWord(en, "On Hold")).toBe("On Hold");
});

test("a status that a desk named itself stays as it is", () => {
  expect(deskWord(es, "Esperando refacción")).toBe("Esperando refacción");
});
