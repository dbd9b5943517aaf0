import { expect, test } from "vitest";
import { staleBy } from "./live";

const place = { cursor: "7-9" };

test("news of an incident make its row and itself stale", () => {
  expect(staleBy({ ...place, type: "event", kind: "incident", incident_id: "a" })).toEqual([["incidents"], ["incident", "a"]]);
});

test("an effect concerns the outbox, the tickets and its incident", () => {
  const stale = staleBy({ ...place, type: "event", kind: "effect", incident_id: "a" }).map(([name]) => name);
  expect(stale).toEqual(["outbox", "tickets", "incidents", "incident"]);
});

test("a feed that cannot be resumed makes everything stale, a greeting nothing", () => {
  expect(staleBy({ ...place, type: "reset" }).length).toBeGreaterThan(3);
  expect(staleBy({ ...place, type: "hello" })).toEqual([]);
});
