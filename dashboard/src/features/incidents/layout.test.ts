import { expect, test } from "vitest";
import { layOut, pathOf } from "./layout";

const edge = (source: string, target: string) => ({ source, target, conditional: false });
const map = {
  nodes: ["__start__", "receive", "classify", "extract", "ask_missing", "__end__"],
  edges: [
    edge("__start__", "receive"),
    edge("receive", "classify"),
    edge("classify", "extract"),
    edge("classify", "__end__"),
    edge("extract", "ask_missing"),
    edge("ask_missing", "receive"),
  ],
};

test("each node stands below those that lead to it, whatever leads back", () => {
  const { places } = layOut(map);
  const order = ["__start__", "receive", "classify", "extract", "ask_missing"].map((name) => places.get(name)?.y ?? -1);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(new Set(order).size).toBe(order.length);
});

test("no two nodes stand in one place", () => {
  const spots = [...layOut(map).places.values()].map(({ x, y }) => `${x},${y}`);
  expect(new Set(spots).size).toBe(spots.length);
});

test("the path joins what ran after each other", () => {
  const { nodes, edges } = pathOf([{ node: "receive", turn: 1 }, { node: "classify", turn: 1 }, { node: "extract", turn: 1 }]);
  expect([...nodes]).toEqual(["receive", "classify", "extract"]);
  expect(edges.has("classify>extract")).toBe(true);
  expect(edges.has("receive>extract")).toBe(false);
});
