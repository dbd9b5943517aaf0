import { expect, test } from "vitest";
import { en } from "./en";
import { es } from "./es";

function keys(value: object): string[] {
  return Object.entries(value).flatMap(([name, held]) =>
    typeof held === "object" && held !== null ? keys(held as object).map((inner) => `${name}.${inner}`) : [name],
  );
}

test("both languages have every word", () => {
  expect(keys(en).sort()).toEqual(keys(es).sort());
});
