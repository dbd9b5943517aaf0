import { expect, test } from "vitest";
import type { IncidentFull, IncidentRow } from "../../api/client";
import { newKey, others, possible, wishOf } from "./wishes";

const incident = (more: Partial<IncidentFull>): IncidentFull =>
  ({ id: "a", chat: "g", status: "ticketed", ticket_id: "1", parent: null, ...more }) as IncidentFull;
const kinds = (one: IncidentFull, chosen = 0) => possible(one, chosen).map(({ kind }) => kind);

test("messages are moved and split once some are chosen", () => {
  expect(possible(incident({}), 0).filter(({ ready }) => !ready)).toHaveLength(2);
  expect(possible(incident({}), 1).every(({ ready }) => ready)).toBe(true);
});

test("what was merged can only be taken up, and what is attached is detached", () => {
  expect(kinds(incident({ status: "merged" }))).toEqual(["take_up"]);
  expect(kinds(incident({ parent: "b" }))).toContain("detach");
  expect(kinds(incident({}))).not.toContain("take_up");
  expect(kinds(incident({ status: "closed", ticket_id: null }))).toContain("take_up");
});

test("messages stay in their group, an outage is of every group", () => {
  const all = [
    incident({}),
    incident({ id: "b" }),
    incident({ id: "c", chat: "h" }),
    incident({ id: "d", status: "merged" }),
    incident({ id: "e", chat: "h", parent: "c" }),
  ] as IncidentRow[];
  expect(others("merge", incident({}), all).map(({ id }) => id)).toEqual(["b"]);
  expect(others("attach", incident({}), all).map(({ id }) => id)).toEqual(["b", "c"]);
});

test("a request is whole or none", () => {
  expect(wishOf("merge", "a", ["m"], "")).toBeNull();
  expect(wishOf("merge", "a", ["m"], "b")).toEqual({ kind: "merge", incident: "a", messages: [], other: "b" });
  expect(wishOf("move", "a", ["m"], "nowhere")).toEqual({ kind: "move", incident: "a", messages: ["m"], other: null });
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(newKey()).not.toBe(newKey());
});
