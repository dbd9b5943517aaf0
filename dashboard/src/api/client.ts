// Requests to our own server. Success comes in an envelope, errors as RFC 9457.
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Session = Schemas["SessionView"];
export type IncidentRow = Schemas["IncidentRow"];
export type IncidentFull = Schemas["IncidentFull"];
export type Message = Schemas["MessageView"];
export type Assignment = Schemas["AssignmentView"];
export type Step = Schemas["StepView"];
export type Effect = Schemas["EffectView"];
export type GraphMap = Schemas["GraphView"];
export type Wish = Required<Schemas["Wanted"]>;
export type CorrectionPlan = Schemas["PlanView"];
export type Correction = Schemas["CorrectionView"];
export type Change = Schemas["ChangeView"];
export type Settled = Schemas["Settled"];
export type SetAside = Schemas["SetAside"];
export type Jumped = Schemas["Jumped"];
export type DeskTicket = Schemas["TicketView"];
export type Figures = Schemas["Figures"];
export type ReplayView = Schemas["ReplayView"];

interface Envelope<T> {
  data: T;
}

/** What went wrong, by a code that `i18n/problems` has words for, and what it is about; with the
 * trace id that the log has it under. The message is for programmers. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly reason = "",
    readonly traceId = "",
    detail = code,
  ) {
    super(detail);
  }
}

/** Ask the server; throws Problem. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const given: RequestInit = { method, headers: {} };
  if (body instanceof Blob) given.body = body;
  else if (body !== undefined) {
    given.body = JSON.stringify(body);
    given.headers = { "content-type": "application/json" };
  }
  const answer = await fetch(`/api/${path}`, given).catch((error: unknown) => {
    throw new Problem(0, "no_connection", "", "", String(error));
  });
  if (!answer.ok) throw await problem(answer);
  return ((await answer.json()) as Envelope<T>).data;
}

async function problem(answer: Response): Promise<Problem> {
  const told = (await answer.json().catch(() => ({}))) as Partial<Record<"code" | "reason" | "trace_id" | "detail", string>>;
  return new Problem(answer.status, told.code ?? "unknown", told.reason, told.trace_id, told.detail);
}

export const get = <T>(path: string): Promise<T> => ask<T>("GET", path);
export const post = <T>(path: string, body: unknown = {}): Promise<T> => ask<T>("POST", path, body);
export const put = <T>(path: string, body: unknown): Promise<T> => ask<T>("PUT", path, body);
