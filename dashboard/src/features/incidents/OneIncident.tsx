import { Anchor, Button, Group, Modal, Paper, SimpleGrid, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { memo, useCallback, useMemo, useState, type ReactNode } from "react";
import { post, type Assignment, type IncidentFull, type Message, type Session } from "../../api/client";
import { reasonIn } from "../../i18n/reasons";
import type { Words } from "../../i18n/es";
import { useSpoken, useWords } from "../../i18n/words";
import { Asked, Failure } from "../../ui/Asked";
import { dateTime, span, usd } from "../../ui/format";
import { placeOf } from "../../ui/hash";
import { useBusinessNow } from "../../ui/now";
import { Correct } from "../corrections/Correct";
import { History, Standing } from "../corrections/History";
import { PriorityBadge, StatusBadge } from "./Badges";
import { DeskTicket } from "./DeskTicket";
import { GraphView } from "./GraphView";
import { Effects, Known, Steps } from "./Parts";
import { useGroupName, useIncident, useMap } from "./queries";

export function OneIncident({ session, id }: { session: Session; id: string }) {
  const words = useWords();
  const incident = useIncident(id);
  return (
    <Stack gap="sm">
      <Anchor href={placeOf("incidents")}>← {words.back}</Anchor>
      <Asked query={incident}>{(told) => <Whole session={session} incident={told} />}</Asked>
    </Stack>
  );
}

function Whole({ session, incident }: { session: Session; incident: IncidentFull }) {
  const { words, language } = useSpoken();
  const map = useMap();
  const groupName = useGroupName(session);
  const now = useBusinessNow(session.ahead_seconds);
  const [chosen, setChosen] = useState<string[]>([]);
  const choose = useCallback((id: string) => {
    setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  }, []);
  return (
    <>
      <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
        {incident.subject ?? incident.words}
      </Title>
      <Group gap="xs">
        <StatusBadge status={incident.status} />
        <PriorityBadge priority={incident.priority} />
        <Text size="sm">
          {groupName(incident)} · {words.reporter}: {incident.reporter} · {dateTime(incident.opened_at, language)} · {usd(incident.usd)}
        </Text>
        {incident.owner ? <Text size="sm">{words.owner}: {incident.owner}</Text> : <Take id={incident.id} />}
      </Group>
      <Standing incident={incident} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Stack>
          <Part title={words.known}>
            <Known incident={incident} />
            {incident.timers.map((timer) => (
              <Text size="sm" key={timer.name}>
                <strong>{words.nextTimer}</strong>: {words.timers[timer.name] ?? timer.name}, {span((Date.parse(timer.due_at) - now) / 1000)}
              </Text>
            ))}
          </Part>
          <Part title={words.conversation}>
            <Correct incident={incident} chosen={chosen} clear={() => { setChosen([]); }} />
            <Conversation incident={incident} chosen={chosen} choose={choose} />
          </Part>
          <Part title={words.path}>
            <Asked query={map}>{(told) => <GraphView map={told} steps={incident.steps} />}</Asked>
          </Part>
        </Stack>
        <Stack>
          <Part title={words.deskTicket}>
            <DeskTicket incident={incident} />
          </Part>
          <Part title={words.decisions}>
            <Steps steps={incident.steps} />
          </Part>
          <Part title={words.effects}>
            <Effects effects={incident.effects} />
          </Part>
          <Part title={words.correcting.history}>
            <History incident={incident} />
          </Part>
        </Stack>
      </SimpleGrid>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="sm" component="section">
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      {children}
    </Paper>
  );
}

interface Chosen {
  incident: IncidentFull;
  chosen: string[];
  choose: (id: string) => void;
}

// What was done to a message goes with it.
const DONE_TO = new Set(["edit", "revoke", "reaction"]);
// A longer conversation scrolls as before; its older messages are corrected by the API.
const MOST_TICKED = 300;
// Lines are laid out by the chunk: whoever scrolls through thousands moves a few boxes only.
const CHUNK = 25;

/** Long ones are drawn once, however often the clock moves. */
const Conversation = memo(function Conversation({ incident, chosen, choose }: Chosen) {
  const { words, language } = useSpoken();
  const why = useMemo(() => new Map(incident.assignments.map((one) => [one.message_id, one])), [incident.assignments]);
  const one = (message: Message, place: number) => (
    <div key={`${message.message_id}${message.kind}`} className="said-line">
      <Text size="xs" c="dimmed">
        {place >= incident.messages.length - MOST_TICKED && !message.from_me && !DONE_TO.has(message.kind) && (
          <input
            type="checkbox"
            className="tick"
            aria-label={`${words.correcting.tick}: ${message.text || message.kind}`}
            checked={chosen.includes(message.message_id)}
            onChange={() => { choose(message.message_id); }}
          />
        )}
        {message.from_me ? "Recado" : message.name} · {dateTime(message.sent_at, language)} {message.kind !== "text" && `· ${words.kinds[message.kind] ?? message.kind}`}
      </Text>
      <Text size="sm" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {[message.text, ...message.files].filter(Boolean).join(" · ")}
      </Text>
      <Why assignment={why.get(message.message_id)} />
    </div>
  );
  const chunks = Array.from({ length: Math.ceil(incident.messages.length / CHUNK) }, (_, number) => number * CHUNK);
  return (
    <>
      {chunks.map((start) => (
        <div key={start} className="chunk">
          {incident.messages.slice(start, start + CHUNK).map((message, place) => one(message, start + place))}
        </div>
      ))}
    </>
  );
});

function Why({ assignment }: { assignment: Assignment | undefined }) {
  const { words, language } = useSpoken();
  if (!assignment) return null;
  return (
    <Text size="xs" c="dimmed">
      {words.why}: {reasonIn(language, assignment.reason)} ({Math.round(assignment.confidence * 100)} % {words.sure},{" "}
      {words.deciders[assignment.decided_by] ?? assignment.decided_by}
      {assignment.asked && ` ${costOf(assignment.asked, words)}`})
    </Text>
  );
}

/** What asking a model cost, and when it was not heeded what stood instead. */
function costOf(asked: NonNullable<Assignment["asked"]>, words: Words) {
  const outcome = words.closeCalls[asked.outcome ?? ""];
  const parts = [outcome, asked.model, `${String(asked.input_tokens + asked.output_tokens)} tokens`, usd(asked.usd ?? 0), span(asked.seconds)];
  return parts.filter(Boolean).join(", ");
}

function Take({ id }: { id: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [owner, setOwner] = useState("");
  const take = useMutation({
    mutationFn: () => post(`incidents/${id}/take`, { owner }),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: ["incidents"] });
      await queries.invalidateQueries({ queryKey: ["incident", id] });
    },
  });
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        {words.take}
      </Button>
      <Modal opened={opened} onClose={close} title={words.take} closeButtonProps={{ "aria-label": words.close }}>
        <Stack>
          <Text size="sm">{words.takeHelp}</Text>
          <TextInput data-autofocus label={words.yourName} value={owner} onChange={(event) => { setOwner(event.currentTarget.value); }} />
          {take.error && <Failure error={take.error} />}
          <Button disabled={!owner.trim()} loading={take.isPending} onClick={() => { take.mutate(); }}>
            {words.take}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
