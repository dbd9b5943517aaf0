// The simulated groups: what the WAHA stand-in's control routes say and take.
import { get, post } from "../../api/client";

export interface Person {
  id: string;
  name: string;
}

export interface Chat {
  chat: string;
  name: string;
  people: Person[];
}

export interface GroupMessage {
  id: string;
  from: string;
  name: string;
  text: string;
  at: number;
  from_me: boolean;
  quote: string | null;
  mentions: string[];
  media: { url: string; mimetype: string; filename: string | null } | null;
  voice: boolean;
  edited: boolean;
  revoked: boolean;
  reactions: Record<string, string>;
}

export interface Picked {
  base64: string;
  mimetype: string;
  filename: string | null;
}

export interface Say {
  text: string;
  quote?: string;
  media?: Picked;
  voice?: boolean;
  mentions?: string[];
}

export type Delivery = "normally" | "late" | "twice" | "swapped";

const DELIVERIES: Record<Delivery, object> = {
  normally: {},
  late: { delay_seconds: 20 },
  twice: { times: 2 },
  // The next message overtakes it.
  swapped: { delay_seconds: 8 },
};

export const INVENTED_CHATS: Chat[] = [
  { chat: "120363000000000001@g.us", name: "Tiendas Norte", people: [] },
  { chat: "120363000000000002@g.us", name: "Tiendas Centro", people: [] },
];

export const INVENTED_PEOPLE: Person[] = [
  { id: "100000000000001@lid", name: "Lupita" },
  { id: "100000000000002@lid", name: "Beto (Tienda 12)" },
  { id: "100000000000003@lid", name: "Mariana" },
  { id: "100000000000004@lid", name: "Soporte Ana" },
];

const NETWORK_WORDS = [
  "No tenemos internet en la tienda 45",
  "Se cayó el internet en la tienda 45, no podemos cobrar",
  "tienda 45 sin internet",
  "Aquí en la tienda 45 tampoco hay internet",
  "No funciona el internet en la tienda 45, hay fila de clientes",
  "En la tienda 45 el internet está caído",
  "sin internet en tienda 45",
  "El internet de la tienda 45 no funciona desde hace rato",
  "Tienda 45: seguimos sin internet",
  "Ya avisaron? tienda 45 sin internet",
];
const BURST_WORDS = ["Buenas tardes", "oigan la terminal bancaria no funciona", "no pasa ninguna tarjeta", "tienda 12"];
const BURST_PAUSE_MS = 120;

export const listChats = (): Promise<Chat[]> => get("demo/chats");
export const readChat = (chat: string): Promise<{ messages: GroupMessage[] }> =>
  get(`demo/chats/${encodeURIComponent(chat)}`);
/** Where a file of a group is served from: the stand-in names it under its own root. */
export const mediaUrl = (url: string): string => `/api/demo/media/${encodeURIComponent(url.split("/").at(-1) ?? "")}`;

export function say(chat: Chat, person: Person, said: Say, delivery: Delivery = "normally"): Promise<unknown> {
  return post("demo/acts/say", {
    chat: chat.chat,
    chat_name: chat.name,
    from: person.id,
    name: person.name,
    ...said,
    ...DELIVERIES[delivery],
  });
}

export const act = (name: "edit" | "revoke" | "react", chat: string, id: string, more: object): Promise<unknown> =>
  post(`demo/acts/${name}`, { chat, id, ...more });

const pause = (ms: number): Promise<void> => new Promise((done) => { window.setTimeout(done, ms); });

/** One person writes several messages in a row. */
export async function burst(chat: Chat, person: Person): Promise<void> {
  for (const text of BURST_WORDS) {
    await say(chat, person, { text });
    await pause(BURST_PAUSE_MS);
  }
}

/** Ten people report the same outage. */
export async function outage(chat: Chat): Promise<void> {
  for (const [place, text] of NETWORK_WORDS.entries()) {
    const person = { id: `1000000000001${String(place).padStart(2, "0")}@lid`, name: `Persona ${place + 1}` };
    await say(chat, person, { text });
    await pause(BURST_PAUSE_MS);
  }
}

export function newId(prefix: string, count: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(count));
  return prefix + Array.from(drawn, (byte) => byte % 10).join("");
}

/** A file as the stand-in takes it. */
export async function pick(file: Blob, filename: string | null): Promise<Picked> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(typeof reader.result === "string" ? reader.result : ""); };
    reader.onerror = () => { reject(new Error("unreadable")); };
    reader.readAsDataURL(file);
  });
  return { base64: url.slice(url.indexOf(",") + 1), mimetype: file.type || "application/octet-stream", filename };
}
