import { Alert, Button, Modal, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Session } from "../../api/client";
import { useWords } from "../../i18n/words";
import { Failure } from "../../ui/Asked";
import { Beside } from "../incidents/Beside";
import { Bubble, type Acts } from "./Bubble";
import { Composer } from "./Composer";
import { act, INVENTED_CHATS, INVENTED_PEOPLE, newId, say, type Chat, type Delivery, type GroupMessage, type Person, type Say } from "./group";
import { Tools } from "./Tools";
import { useGroups } from "./useGroup";

const SHOWN = 150;
const NEAR_PX = 120;
const STARTERS = [
  "La impresora de tickets no funciona",
  "En la tienda 45 no funciona la impresora de tickets",
  "La terminal bancaria no pasa tarjetas, tienda 12, no podemos cobrar",
  "Buenos días a todos",
];

interface Chosen {
  chat: string;
  person: string;
  delivery: Delivery;
}

const KEY = "recado.simulator";
const FIRST: Chosen = { chat: INVENTED_CHATS[0]?.chat ?? "", person: INVENTED_PEOPLE[0]?.id ?? "", delivery: "normally" };

interface Kept {
  chosen: Chosen;
  made: { chats: Chat[]; people: Person[] };
}

/** What was chosen and invented outlives a look at another section. */
function kept(): Kept {
  const held = sessionStorage.getItem(KEY);
  return held ? (JSON.parse(held) as Kept) : { chosen: FIRST, made: { chats: [], people: [] } };
}

/** A store group to play with. It is a client of the WAHA stand-in and of nothing else. */
export default function Simulator({ session }: { session: Session }) {
  const words = useWords();
  const [made, setMade] = useState(() => kept().made);
  const [chosen, setChosen] = useState(() => kept().chosen);
  useEffect(() => {
    sessionStorage.setItem(KEY, JSON.stringify({ chosen, made }));
  }, [chosen, made]);
  const { chats, log } = useGroups(chosen.chat, made.chats);
  const [adding, setAdding] = useState<"chat" | "person" | null>(null);
  const [target, setTarget] = useState<{ how: "quote" | "edit"; message: GroupMessage } | null>(null);
  const chat = chats.find((one) => one.chat === chosen.chat) ?? { chat: chosen.chat, name: chosen.chat, people: [] };
  const people = useMemo(() => {
    const others = [...INVENTED_PEOPLE, ...made.people].filter(({ id }) => !chat.people.some((one) => one.id === id));
    return [...chat.people, ...others];
  }, [chat.people, made.people]);
  const person = people.find(({ id }) => id === chosen.person) ?? people[0] ?? { id: chosen.person, name: "" };

  const send = useMutation({
    mutationFn: (said: Say) => {
      if (target?.how === "edit") return act("edit", chat.chat, target.message.id, { text: said.text });
      const quote = target ? { quote: target.message.id } : {};
      return say(chat, person, { ...said, ...quote }, chosen.delivery);
    },
    onSettled: () => {
      setTarget(null);
      // One message is held back: the next ones go out as ever, or none would overtake it.
      setChosen((held) => (held.delivery === "swapped" ? { ...held, delivery: "normally" } : held));
    },
  });
  const other = useMutation({ mutationFn: (doing: () => Promise<unknown>) => doing() });
  const { mutate } = other;
  const acts = useMemo<Acts>(
    () => ({
      reply: (message) => { setTarget({ how: "quote", message }); },
      edit: (message) => { setTarget({ how: "edit", message }); },
      remove: (message) => { mutate(() => act("revoke", chosen.chat, message.id, {})); },
      react: (message, emoji) => { mutate(() => act("react", chosen.chat, message.id, { from: person.id, emoji })); },
    }),
    [chosen.chat, mutate, person.id],
  );
  const add = useCallback((name: string) => {
    if (adding === "chat") {
      const one: Chat = { chat: `${newId("120363", 12)}@g.us`, name, people: [] };
      setMade((held) => ({ ...held, chats: [...held.chats, one] }));
      setChosen((held) => ({ ...held, chat: one.chat }));
    } else {
      const one: Person = { id: `${newId("1", 14)}@lid`, name };
      setMade((held) => ({ ...held, people: [...held.people, one] }));
      setChosen((held) => ({ ...held, person: one.id }));
    }
    setAdding(null);
  }, [adding]);
  const error = send.error ?? other.error ?? log.error;

  return (
    <div className="two split">
      <Paper withBorder className="chat" component="section" aria-label={words.simulator}>
        <Tools
          session={session}
          chats={chats}
          chat={chat}
          person={person}
          people={people}
          delivery={chosen.delivery}
          choose={(what) => { setChosen((held) => ({ ...held, ...what })); }}
          add={setAdding}
        />
        {error && <Failure error={error} />}
        <Log key={chat.chat} messages={log.data?.messages ?? []} writer={person.id} acts={acts} starters={(text) => { send.mutate({ text }); }} />
        <Composer
          key={`${target?.how ?? ""}${target?.message.id ?? ""}`}
          people={people}
          quoting={target?.how === "quote" ? target.message : null}
          editing={target?.how === "edit" ? target.message : null}
          unquote={() => { setTarget(null); }}
          send={(said) => send.mutateAsync(said).catch(() => undefined)}
        />
      </Paper>
      <section className="aside" aria-label={words.whatItThinks}>
        <Title order={2} size="h5" mb="xs">
          {words.whatItThinks}
        </Title>
        <Beside session={session} chat={chosen.chat} empty={<Alert>{words.whatItThinksHelp}</Alert>} />
      </section>
      <Modal
        opened={adding !== null}
        onClose={() => { setAdding(null); }}
        title={adding === "chat" ? words.newGroup : words.newPerson}
        closeButtonProps={{ "aria-label": words.close }}
      >
        <Name label={adding === "chat" ? words.groupName : words.personName} done={add} />
      </Modal>
    </div>
  );
}

function Name({ label, done }: { label: string; done: (name: string) => void }) {
  const words = useWords();
  const [name, setName] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) done(name.trim());
      }}
    >
      <Stack>
        <TextInput data-autofocus label={label} value={name} onChange={(event) => { setName(event.currentTarget.value); }} />
        <Button type="submit">{words.save}</Button>
      </Stack>
    </form>
  );
}

interface LogProps {
  messages: GroupMessage[];
  writer: string;
  acts: Acts;
  starters: (text: string) => void;
}

function Log({ messages, writer, acts, starters }: LogProps) {
  const words = useWords();
  const [shown, setShown] = useState(SHOWN);
  const area = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(messages.map((message) => [message.id, message])), [messages]);
  const last = messages.at(-1);
  // Who reads what came earlier is left there; what grows at the end, such as a photo, is followed.
  const atEnd = useRef(true);
  const follow = useCallback(() => {
    if (atEnd.current) area.current?.scrollTo({ top: area.current.scrollHeight });
  }, []);
  useEffect(() => {
    if (last?.from === writer) atEnd.current = true;
    follow();
  }, [follow, last?.id, last?.from, writer]);
  return (
    <div
      className="chat-log"
      ref={area}
      onLoad={follow}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
      }}
      role="log" aria-label={words.conversation} tabIndex={0}>
      {messages.length > shown && (
        <Button size="xs" variant="default" onClick={() => { setShown((held) => held + SHOWN * 4); }}>
          {words.earlier} ({messages.length - shown})
        </Button>
      )}
      {messages.length === 0 && (
        <Stack gap="xs" m="auto" w="100%" maw={420} className="starters">
          <Text size="sm" ta="center">
            {words.tryThese}
          </Text>
          {STARTERS.map((text) => (
            <Button key={text} variant="default" onClick={() => { starters(text); }}>
              {text}
            </Button>
          ))}
        </Stack>
      )}
      {messages.slice(-shown).map((message) => (
        <Bubble
          key={message.id}
          message={message}
          quoted={message.quote ? byId.get(message.quote) : undefined}
          acts={acts}
        />
      ))}
    </div>
  );
}
