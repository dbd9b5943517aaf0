import { expect, test } from "vitest";
import { span, usd } from "./format";

test("a span is said in its two largest units", () => {
  expect(span(-3)).toBe("0 s");
  expect(span(59)).toBe("59 s");
  expect(span(61)).toBe("1 min");
  expect(span(7500)).toBe("2 h 5 min");
  expect(span(90_000)).toBe("1 d 1 h");
});

test("small amounts keep the digits that tell something", () => {
  expect(usd(0)).toBe("US$ 0.00");
  expect(usd(0.00042)).toBe("US$ 0.0004");
  expect(usd(1.5)).toBe("US$ 1.50");
});
