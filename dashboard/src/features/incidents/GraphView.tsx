import { useMemo } from "react";
import type { GraphMap, Step } from "../../api/client";
import { useWords } from "../../i18n/words";
import { curve, HEIGHT, layOut, pathOf, START, WIDTH } from "./layout";

/** The map of an incident with the path that was taken. */
export function GraphView({ map, steps }: { map: GraphMap; steps: Step[] }) {
  const words = useWords();
  const { places, width, height } = useMemo(() => layOut(map), [map]);
  const taken = useMemo(() => pathOf(steps), [steps]);
  return (
    <svg className="map" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${words.path}: ${[...taken.nodes].join(", ")}`}>
      {map.edges.map(({ source, target }) => {
        const from = places.get(source);
        const to = places.get(target);
        if (!from || !to) return null;
        const [start, ...bent] = curve(from, to).map(({ x, y }) => `${x} ${y}`);
        const d = `M ${start} C ${bent.join(", ")}`;
        return <path key={`${source}>${target}`} d={d} className={taken.edges.has(`${source}>${target}`) ? "taken" : undefined} />;
      })}
      {[...places].map(([name, { x, y }]) => (
        <g key={name} className={taken.nodes.has(name) ? "taken" : undefined}>
          <rect x={x - WIDTH / 2} y={y - HEIGHT / 2} width={WIDTH} height={HEIGHT} rx={8} />
          <text x={x} y={y}>
            {name === START ? words.start : name}
          </text>
        </g>
      ))}
    </svg>
  );
}
