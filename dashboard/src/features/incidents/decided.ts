// What a node decided, in a sentence: its update of the state holds codes and values alone.
import type { Step } from "../../api/client";
import type { Words } from "../../i18n/es";

type Learnt = Record<string, unknown>;

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const record = (value: unknown): Learnt => (typeof value === "object" && value !== null ? (value as Learnt) : {});
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);

const shown = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? `${value}` : "–");

/** The decision of a step; empty where it decided nothing. */
export function decided(step: Pick<Step, "node" | "learnt">, words: Words): string {
  const { learnt } = step;
  const said = SAYS[step.node]?.(learnt, words) ?? [];
  if (isText(learnt.failure)) said.push(`${words.decided.failed}: ${learnt.failure}`);
  const kinds = new Set(texts(learnt.planned).map((key) => key.split(":")[0] ?? ""));
  const planned = [...kinds].map((kind) => words.plans[kind] ?? kind);
  if (planned.length > 0) said.push(`${words.decided.plans}: ${planned.join(", ")}`);
  return said.join("; ");
}

const SAYS: Partial<Record<string, (learnt: Learnt, words: Words) => string[]>> = {
  classify: (learnt, words) => {
    const priority = isText(learnt.priority) ? (words.priorities[learnt.priority] ?? learnt.priority) : "";
    if (learnt.classification === undefined) return priority ? [`${words.priority}: ${priority}`] : [];
    const sure = `${Math.round(Number(learnt.confidence) * 100)} % ${words.sure}`;
    if (learnt.status === "dismissed") return [`${words.decided.nothing} (${sure})`];
    const category = isText(learnt.category) ? (words.categories[learnt.category] ?? learnt.category) : "";
    return [`${words.decided.incident} ${category}, ${priority} (${sure})`];
  },
  extract: (learnt, words) => {
    const fields = record(learnt.fields);
    const found = texts(learnt.learnt).map((name) => `${words.fields[name] ?? name}: ${shown(fields[name])}`);
    return [found.length > 0 ? `${words.learnt} ${found.join(", ")}` : words.decided.nothingNew];
  },
  describe_image: (learnt, words) =>
    Object.values(record(learnt.images)).map((image) => {
      const { readable, text, why } = record(image);
      if (readable === true && isText(text)) return `${words.decided.read} «${text}»`;
      return isText(why) ? `${words.decided.unreadable}: ${why}` : words.decided.unreadable;
    }),
  ask_missing: (learnt, words) => {
    const { field } = record(learnt.pending);
    if (!isText(field)) return [];
    return [`${words.decided.asks} ${words.fields[field] ?? field} (${shown(record(learnt.asked)[field])}ª)`];
  },
  open_ticket: ({ subject }, words) => (isText(subject) ? [`${words.ticket}: «${subject}»`] : []),
  follow_up: (learnt, words) => {
    const { act, status } = learnt;
    return [isText(act) ? (words.acts[act] ?? act) : "", isText(status) ? `${words.status}: ${words.statuses[status] ?? status}` : ""].filter(Boolean);
  },
  escalate: ({ owner }, words) => [isText(owner) ? `${words.decided.person}: ${owner}` : words.decided.person],
};
