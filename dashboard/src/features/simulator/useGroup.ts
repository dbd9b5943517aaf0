import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { INVENTED_CHATS, listChats, readChat, type Chat, type GroupMessage } from "./group";

interface News {
  type: "message" | "changed";
  chat: string;
  message: GroupMessage;
}

type Transcript = { messages: GroupMessage[] };

/** Put a message that came or changed into a transcript. */
export function withNews(messages: GroupMessage[], message: GroupMessage): GroupMessage[] {
  const place = messages.findIndex(({ id }) => id === message.id);
  return place < 0 ? [...messages, message] : messages.with(place, message);
}

/** The groups, and one's transcript, kept fresh by the stand-in's own stream. */
export function useGroups(chosen: string, made: Chat[]) {
  const queries = useQueryClient();
  const chats = useQuery({ queryKey: ["groups"], queryFn: listChats });
  const log = useQuery({ queryKey: ["group", chosen], queryFn: () => readChat(chosen), staleTime: Infinity });
  useEffect(() => {
    const stream = new EventSource("/api/demo/events");
    stream.onopen = () => {
      void queries.invalidateQueries({ queryKey: ["groups"] });
      void queries.invalidateQueries({ queryKey: ["group"] });
    };
    stream.onmessage = ({ data }) => {
      const news = JSON.parse(String(data)) as News;
      queries.setQueryData<Transcript>(["group", news.chat], (held) =>
        held && { messages: withNews(held.messages, news.message) },
      );
      const known = queries.getQueryData<Chat[]>(["groups"])?.find(({ chat }) => chat === news.chat);
      if (!known?.people.some(({ id }) => id === news.message.from)) {
        void queries.invalidateQueries({ queryKey: ["groups"] });
      }
    };
    return () => {
      stream.close();
    };
  }, [queries]);
  const all = useMemo(() => {
    const known = chats.data ?? [];
    const invented = [...INVENTED_CHATS, ...made].filter(({ chat }) => !known.some((one) => one.chat === chat));
    return [...known, ...invented];
  }, [chats.data, made]);
  return { chats: all, log };
}
