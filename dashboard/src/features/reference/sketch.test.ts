import { expect, test } from "vitest";
import held from "../../api/openapi.json";
import { addressOf, byTag, sketch, type Spec } from "./sketch";

const spec = held as unknown as Spec;

test("a schema is sketched through its references", () => {
  const body = spec.paths["/api/session"]?.post?.requestBody?.content["application/json"]?.schema;
  expect(sketch(body, spec)).toBe("{\n  password: string\n}");
});

test("every route is under a tag, and can be looked for", () => {
  const all = byTag(spec, "");
  expect(all.every(([tag]) => tag !== "")).toBe(true);
  expect(all.flatMap(([, those]) => those).length).toBeGreaterThan(20);
  const found = byTag(spec, "FIGURES").flatMap(([, those]) => those.map(({ path }) => path));
  expect(found).toEqual(["/api/figures"]);
});

test("an address has its values where they belong, escaped", () => {
  const parameters = [
    { name: "id", in: "path" as const },
    { name: "limit", in: "query" as const },
    { name: "status", in: "query" as const },
  ];
  expect(addressOf("/api/incidents/{id}", parameters, { id: "a/b", limit: "5" })).toBe("/api/incidents/a%2Fb?limit=5");
});
