// Where the nodes of the map stand: one row for each step that the shortest way there takes.
import type { GraphMap, Step } from "../../api/client";

const COLUMN = 150;
const ROW = 84;
export const START = "__start__";
const END = "__end__";

export const WIDTH = 130;
export const HEIGHT = 34;
const MARGIN = 190;

export interface Place {
  x: number;
  y: number;
}

/** Rows by the longest way from the start that does not turn back. */
export function layOut(map: GraphMap): { places: Map<string, Place>; width: number; height: number } {
  const depth = new Map<string, number>([[START, 0]]);
  const visit = (node: string, way: string[]): void => {
    for (const { source, target } of map.edges) {
      if (source !== node || way.includes(target)) continue;
      const deeper = way.length;
      if (deeper <= (depth.get(target) ?? -1)) continue;
      depth.set(target, deeper);
      visit(target, [...way, target]);
    }
  };
  visit(START, [START]);
  const shown = map.nodes.filter((name) => name !== END);
  const rows = new Map<number, string[]>();
  for (const name of shown) {
    const row = depth.get(name) ?? 1;
    rows.set(row, [...(rows.get(row) ?? []), name]);
  }
  const widest = Math.max(...[...rows.values()].map((row) => row.length));
  const width = Math.max(2, widest) * COLUMN + 2 * MARGIN;
  const places = new Map<string, Place>();
  const ordered = [...rows.keys()].sort((a, b) => a - b);
  ordered.forEach((row, line) => {
    const names = rows.get(row) ?? [];
    names.forEach((name, column) => {
      places.set(name, { x: width / 2 + (column - (names.length - 1) / 2) * COLUMN, y: 30 + line * ROW });
    });
  });
  return { places, width, height: ordered.length * ROW };
}

/** The four points of the curve of an edge: straight to the next row, in a bow to the right around
 * the rows that it leaves out, and to the left back up. */
export function curve(from: Place, to: Place): [Place, Place, Place, Place] {
  const rows = Math.round((to.y - from.y) / ROW);
  const half = HEIGHT / 2;
  if (rows === 1) {
    const [start, end] = [{ x: from.x, y: from.y + half }, { x: to.x, y: to.y - half }];
    return [start, { x: start.x, y: start.y + half }, { x: end.x, y: end.y - half }, end];
  }
  const side = rows > 0 ? 1 : -1;
  const [start, end] = [from, to].map(({ x, y }) => ({ x: x + (side * WIDTH) / 2, y })) as [Place, Place];
  const out = side * (40 + 22 * Math.abs(rows));
  const outermost = side > 0 ? Math.max(start.x, end.x) : Math.min(start.x, end.x);
  return [start, { x: outermost + out, y: start.y }, { x: outermost + out, y: end.y }, end];
}

/** The nodes that ran, and the edges between one and the next of the same turn. */
export function pathOf(steps: Pick<Step, "node" | "turn">[]): { nodes: Set<string>; edges: Set<string> } {
  const nodes = new Set<string>();
  const edges = new Set<string>();
  let before = START;
  for (const { node } of steps) {
    nodes.add(node);
    edges.add(`${before}>${node}`);
    before = node;
  }
  return { nodes, edges };
}
