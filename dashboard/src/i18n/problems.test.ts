import { expect, test } from "vitest";
import { problemIn } from "./problems";
import table from "./problems.json";

test("every problem is said in both languages, and not in the same words", () => {
  for (const said of Object.values(table)) {
    expect(said.es).not.toBe(said.en);
    expect(said.es.length * said.en.length).toBeGreaterThan(0);
  }
});

test("a problem says what it is about in the page's language", () => {
  expect(problemIn("es", "still_unusable", "payload.id: no message id")).toBe(
    "Todavía no se puede usar: payload.id: no hay id de mensaje",
  );
  expect(problemIn("es", "invalid", "owner")).toBe("Un dato no es válido: owner");
  expect(problemIn("es", "invalid")).toBe("Un dato no es válido.");
});

test("a code that nobody knows is no English sentence in the Spanish page", () => {
  expect(problemIn("es", "im_a_teapot", "short and stout")).toBe("El servidor no pudo hacerlo.");
});
