import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { get, type Figures as Told } from "../../api/client";
import { useSpoken } from "../../i18n/words";
import { Asked } from "../../ui/Asked";
import { Columns } from "../../ui/Columns";
import { capital, clockTime, dayOf, usd } from "../../ui/format";
import { ages, costs } from "./rows";

const LOOK_MS = 15_000;
const HEIGHT = 240;
// Told apart by light as well as by hue, on paper and in the dark.
const COLORS = ["teal.8", "orange.6", "blue.5", "grape.7", "gray.6"];
// What is urgent alarms, as its badge does.
const ALARM = ["red.8", "gray.6"];

/** What an operator wants to see at a glance. */
export default function Figures() {
  const { words } = useSpoken();
  const figures = useQuery({ queryKey: ["figures"], queryFn: () => get<Told>("figures"), refetchInterval: LOOK_MS });
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {words.figures}
      </Title>
      <Text size="sm">{words.figuresHelp}</Text>
      <Asked query={figures}>{(told) => <Charts told={told} />}</Asked>
    </Stack>
  );
}

function Charts({ told }: { told: Told }) {
  const { words, language } = useSpoken();
  const messages = capital(words.messages);
  const hours = told.hours.map((one) => ({
    [words.hour]: clockTime(one.at, language),
    [messages]: one.messages,
    [words.incidents]: one.incidents,
    [words.tickets]: one.tickets,
  }));
  const open = ages(told.ages, words);
  const spent = costs(told.costs, (at) => dayOf(at, language), words.day);
  const count = told.ages.reduce((sum, one) => sum + one.normal + one.urgent, 0);
  return (
    <>
      <Chart title={words.perHour} label={words.hour} rows={hours} series={[messages, words.incidents, words.tickets]} />
      <Chart
        title={`${words.openByAge}: ${count} ${words.openNow}`}
        label={words.age}
        rows={open}
        series={[capital(words.priorities.urgent ?? "urgent"), capital(words.priorities.normal ?? "normal")]}
        colors={ALARM}
        stacked
      />
      {spent.models.length === 0 ? (
        <Paper withBorder p="sm" component="section">
          <Title order={3} size="h5">{words.costPerDay}</Title>
          <Text size="sm">{words.noCost}</Text>
        </Paper>
      ) : (
        <Chart title={words.costPerDay} label={words.day} rows={spent.rows} series={spent.models} stacked shown={usd} />
      )}
    </>
  );
}

interface ChartProps {
  title: string;
  label: string;
  rows: Record<string, string | number>[];
  series: string[];
  colors?: string[];
  stacked?: boolean;
  shown?: (value: number) => string;
}

/** Bars, and the same as a table for those who do not see them. */
function Chart({ title, label, rows, series, colors = COLORS, stacked = false, shown = String }: ChartProps) {
  const { words } = useSpoken();
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      <div aria-hidden>
        <BarChart
          h={HEIGHT}
          data={rows}
          dataKey={label}
          type={stacked ? "stacked" : "default"}
          series={series.map((name, place) => ({ name, color: colors[place % colors.length] ?? "teal.8" }))}
          valueFormatter={shown}
          withLegend
          legendProps={{ itemSorter: null }}
          yAxisProps={{ allowDecimals: shown !== String }}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
        />
      </div>
      <details>
        <summary>{words.asTable}</summary>
        <Table label={label} rows={rows} series={series} shown={shown} />
      </details>
    </Paper>
  );
}

function Table({ label, rows, series, shown }: Required<Pick<ChartProps, "label" | "rows" | "series" | "shown">>): ReactNode {
  return (
    <table className="figure-table">
      <Columns names={[label, ...series]} />
      <tbody>
        {rows.map((row, place) => (
          <tr key={place}>
            <th scope="row">{row[label]}</th>
            {series.map((name) => (
              <td key={name}>{shown(Number(row[name] ?? 0))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
