// What a person may ask for of an incident, and what each request needs.
import type { Correction, IncidentFull, IncidentRow, Wish } from "../../api/client";

export type Kind = Correction["kind"];

const GONE = new Set(["dismissed", "merged"]);
const ENDED = new Set([...GONE, "withdrawn", "closed"]);
/** The kinds that need another incident; a move may also go nowhere. */
export const NEEDS_OTHER = new Set<Kind>(["move", "merge", "attach"]);
export const NOWHERE = "nowhere";

/** What can be asked for of an incident as it is; `chosen` counts the messages that are ticked. */
export function possible(incident: IncidentFull, chosen: number): { kind: Kind; ready: boolean }[] {
  if (incident.status === "merged") return [{ kind: "take_up", ready: true }];
  const some = chosen > 0;
  const moves: { kind: Kind; ready: boolean }[] = [
    { kind: "move", ready: some },
    { kind: "split", ready: some },
  ];
  if (incident.status === "dismissed") return [{ kind: "take_up", ready: true }, { kind: "move", ready: some }];
  moves.push({ kind: "merge", ready: true }, { kind: "dismiss", ready: true });
  if (ENDED.has(incident.status) && !incident.ticket_id) moves.push({ kind: "take_up", ready: true });
  moves.push({ kind: incident.parent ? "detach" : "attach", ready: true });
  return moves;
}

/** The incidents that a correction may lead to, the newest first. */
export function others(kind: Kind, incident: IncidentRow, all: IncidentRow[]): IncidentRow[] {
  return all.filter(
    (one) =>
      one.id !== incident.id &&
      !GONE.has(one.status) &&
      (kind === "attach" ? one.parent === null : one.chat === incident.chat),
  );
}

/** The request of a choice; null while something is still to be chosen. */
export function wishOf(kind: Kind, incident: string, messages: string[], other: string): Wish | null {
  if (NEEDS_OTHER.has(kind) && !other) return null;
  const said = kind === "move" || kind === "split" ? messages : [];
  return { kind, incident, messages: said, other: other && other !== NOWHERE ? other : null };
}

/** A key that says of two requests that they are the same one, sent twice. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
