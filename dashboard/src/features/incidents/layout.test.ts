import { expect, test } from "vitest";
import { curve, HEIGHT, layOut, pathOf, WIDTH, type Place } from "./layout";

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

/** The map that the server draws: each node, and where it leads to. */
const LEADS: Record<string, string[]> = {
  __start__: ["receive"],
  receive: ["amend", "ask_missing", "classify", "describe_image", "escalate", "extract", "follow_up", "open_ticket"],
  amend: ["classify", "describe_image", "extract", "receive"],
  describe_image: ["classify", "extract", "follow_up"],
  classify: ["escalate", "extract", "follow_up", "open_ticket"],
  extract: ["ask_missing", "classify", "escalate", "follow_up", "open_ticket", "receive"],
  ask_missing: ["receive"],
  open_ticket: ["escalate", "receive"],
  follow_up: ["extract", "receive"],
  escalate: ["receive"],
};

function along([a, b, c, d]: [Place, Place, Place, Place], t: number): Place {
  const at = (axis: "x" | "y") =>
    (1 - t) ** 3 * a[axis] + 3 * (1 - t) ** 2 * t * b[axis] + 3 * (1 - t) * t ** 2 * c[axis] + t ** 3 * d[axis];
  return { x: at("x"), y: at("y") };
}

test("no edge runs through a node in the middle of the map, nor out of the picture", () => {
  const edges = Object.entries(LEADS).flatMap(([source, targets]) => targets.map((target) => edge(source, target)));
  const { places, width } = layOut({ nodes: Object.keys(LEADS), edges });
  const hit = (spot: Place, { x, y }: Place) => Math.abs(spot.x - x) < WIDTH / 2 - 1 && Math.abs(spot.y - y) < HEIGHT / 2 - 1;
  // The three that stand beside each other are passed behind by what goes around them.
  const middle = ["receive", "amend", "describe_image", "classify", "extract", "escalate"];
  const crossed = edges.filter(({ source, target }) => {
    const points = curve(places.get(source) as Place, places.get(target) as Place);
    const spots = Array.from({ length: 101 }, (_, step) => along(points, step / 100));
    return spots.some((spot) => spot.x < 0 || spot.x > width || middle.some((name) => name !== source && name !== target && hit(spot, places.get(name) as Place)));
  });
  expect(crossed).toEqual([]);
});

test("the path joins what ran after each other", () => {
  const { nodes, edges } = pathOf([{ node: "receive", turn: 1 }, { node: "classify", turn: 1 }, { node: "extract", turn: 1 }]);
  expect([...nodes]).toEqual(["receive", "classify", "extract"]);
  expect(edges.has("classify>extract")).toBe(true);
  expect(edges.has("receive>extract")).toBe(false);
});
