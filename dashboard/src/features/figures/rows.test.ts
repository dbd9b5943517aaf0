import { expect, test } from "vitest";
import { es } from "../../i18n/es";
import { ages, costs } from "./rows";

test("the last age is all that is older", () => {
  const told = [
    { hours: 1, normal: 2, urgent: 1 },
    { hours: 24, normal: 0, urgent: 0 },
    { hours: null, normal: 4, urgent: 0 },
  ];
  expect(ages(told, es).map((row) => row[es.age])).toEqual(["hasta 1 h", "hasta 24 h", "más (> 24 h)"]);
});

test("a day has one row with every model that costs something", () => {
  const told = [
    { at: "2026-03-02", model: "local", usd: 0, tokens: 0 },
    { at: "2026-03-02", model: "openai:a", usd: 0.5, tokens: 900 },
    { at: "2026-03-03", model: "gemini:b", usd: 0.25, tokens: 800 },
  ];
  expect(costs(told, (at) => at, "day")).toEqual({
    models: ["openai:a", "gemini:b"],
    rows: [
      { day: "2026-03-02", "openai:a": 0.5, "gemini:b": 0 },
      { day: "2026-03-03", "openai:a": 0, "gemini:b": 0.25 },
    ],
  });
});
