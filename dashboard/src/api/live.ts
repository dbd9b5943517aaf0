// The live feed: a one-use ticket, a socket, and after a break on from the last event seen.
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { post } from "./client";

export interface News {
  type: "hello" | "reset" | "event";
  cursor: string;
  /** Of a reset: why nothing could be resumed. */
  code?: "feed_cursor_unreadable" | "feed_cursor_gone";
  kind?: string;
  incident_id?: string | null;
  chat?: string | null;
}

const PAUSE_MS = [500, 1000, 2000, 5000];
// Bursts of news are one reading.
const GATHER_MS = 250;

/** The queries that a piece of news makes stale. */
export function staleBy(news: News): string[][] {
  if (news.type === "reset") return [["incidents"], ["incident"], ["outbox"], ["quarantine"], ["tickets"]];
  if (news.type === "hello") return [];
  const keys: string[][] = [];
  if (news.kind === "quarantine") keys.push(["quarantine"]);
  if (news.kind === "effect") keys.push(["outbox"], ["tickets"]);
  if (news.kind !== "quarantine" && news.incident_id) {
    keys.push(["incidents"], ["incident", news.incident_id]);
  }
  return keys;
}

/** Keep the queries fresh while the page is open; whether the feed is connected. */
export function useLive(enabled: boolean): boolean {
  const queries = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    if (!enabled) return undefined;
    const feed = new Feed(queries, setConnected);
    feed.open();
    return () => {
      feed.close();
    };
  }, [enabled, queries]);
  return connected;
}

class Feed {
  private socket: WebSocket | null = null;
  private cursor = "";
  private failures = 0;
  private ended = false;
  private stale = new Map<string, string[]>();
  private gathering: number | undefined;
  private waiting: number | undefined;

  constructor(
    private readonly queries: QueryClient,
    private readonly tell: (connected: boolean) => void,
  ) {}

  open(): void {
    post<{ ticket: string }>("feed/tickets")
      .then(({ ticket }) => {
        if (this.ended) return;
        const place = new URLSearchParams({ ticket, after: this.cursor });
        const scheme = location.protocol === "https:" ? "wss" : "ws";
        const socket = new WebSocket(`${scheme}://${location.host}/api/feed?${place.toString()}`);
        this.socket = socket;
        socket.onmessage = ({ data }) => {
          this.hear(JSON.parse(String(data)) as News);
        };
        socket.onclose = () => {
          this.again();
        };
      })
      .catch(() => {
        this.again();
      });
  }

  close(): void {
    this.ended = true;
    window.clearTimeout(this.gathering);
    window.clearTimeout(this.waiting);
    this.socket?.close();
  }

  private again(): void {
    if (this.ended) return;
    this.tell(false);
    const pause = PAUSE_MS[Math.min(this.failures, PAUSE_MS.length - 1)];
    this.failures += 1;
    this.waiting = window.setTimeout(() => {
      this.open();
    }, pause);
  }

  private hear(news: News): void {
    this.cursor = news.cursor;
    if (news.type !== "event") {
      this.failures = 0;
      this.tell(true);
    }
    for (const key of staleBy(news)) this.stale.set(key.join(), key);
    if (this.stale.size > 0) this.gathering ??= window.setTimeout(() => { this.refresh(); }, GATHER_MS);
  }

  private refresh(): void {
    this.gathering = undefined;
    const keys = [...this.stale.values()];
    this.stale.clear();
    for (const queryKey of keys) void this.queries.invalidateQueries({ queryKey });
  }
}
