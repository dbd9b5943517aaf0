import type { Figures } from "../../api/client";
import type { Words } from "../../i18n/es";
import { capital } from "../../ui/format";

type Row = Record<string, string | number>;

/** Open incidents by age, as rows that a chart takes. */
export function ages(told: Figures["ages"], words: Words): Row[] {
  const last = Math.max(...told.map((one) => one.hours ?? 0));
  return told.map((one) => ({
    [words.age]: one.hours === null ? `${words.older} (> ${last} h)` : `${words.upTo} ${one.hours} h`,
    [capital(words.priorities.urgent ?? "urgent")]: one.urgent,
    [capital(words.priorities.normal ?? "normal")]: one.normal,
  }));
}

/** What each model cost each day; a model that never cost anything is left out. */
export function costs(told: Figures["costs"], day: (at: string) => string, label: string): { models: string[]; rows: Row[] } {
  const models = [...new Set(told.filter((one) => one.usd > 0).map((one) => one.model))];
  const rows = new Map<string, Row>();
  for (const { at, model, usd } of told) {
    const row = rows.get(at) ?? { [label]: day(at), ...Object.fromEntries(models.map((name) => [name, 0])) };
    if (models.includes(model)) row[model] = usd;
    rows.set(at, row);
  }
  return { models, rows: [...rows.values()] };
}
