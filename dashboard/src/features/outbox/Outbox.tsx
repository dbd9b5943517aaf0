import { Anchor, Button, Group, Modal, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, post, type Effect, type SetAside, type Settled } from "../../api/client";
import { reasonIn } from "../../i18n/reasons";
import { useSpoken, useWords } from "../../i18n/words";
import { Asked, Failure } from "../../ui/Asked";
import { dateTime } from "../../ui/format";
import { placeOf } from "../../ui/hash";
import { StateBadge } from "../incidents/Badges";
import { wordsOf } from "../incidents/Parts";

// What came by one of our doors can be read again; what failed within is for a person to look at.
const READABLE = new Set(["waha"]);

/** What waits, what failed and why; mend, try again, or let it go. */
export default function Outbox() {
  const words = useWords();
  const effects = useQuery({ queryKey: ["outbox"], queryFn: () => get<Effect[]>("outbox") });
  const aside = useQuery({ queryKey: ["quarantine"], queryFn: () => get<SetAside[]>("quarantine") });
  return (
    <Stack gap="lg">
      <section>
        <Title order={2} size="h4">
          {words.waiting}
        </Title>
        <Text size="sm" mb="xs">
          {words.outboxHelp}
        </Text>
        <Asked query={effects}>
          {(all) =>
            all.length === 0 ? (
              <Text c="dimmed">{words.emptyOutbox}</Text>
            ) : (
              <Stack gap="xs">{all.map((one) => <OneEffect key={one.id} effect={one} />)}</Stack>
            )
          }
        </Asked>
      </section>
      <section>
        <Title order={2} size="h4">
          {words.quarantine}
        </Title>
        <Text size="sm" mb="xs">
          {words.quarantineHelp}
        </Text>
        <Asked query={aside}>
          {(all) =>
            all.length === 0 ? (
              <Text c="dimmed">{words.emptyQuarantine}</Text>
            ) : (
              <Stack gap="xs">{all.map((one) => <OneAside key={one.id} item={one} />)}</Stack>
            )
          }
        </Asked>
      </section>
    </Stack>
  );
}

/** Ask the server to do something about one thing, and read both lists again. */
function useMend(base: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ how, body = {} }: { how: string; body?: object }) => post<Settled>(`${base}/${how}`, body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["outbox"] });
      await queries.invalidateQueries({ queryKey: ["quarantine"] });
    },
  });
}

function OneEffect({ effect }: { effect: Effect }) {
  const { words, language } = useSpoken();
  const mend = useMend(`outbox/${effect.id}`);
  const [mending, setMending] = useState(false);
  const idle = effect.state !== "attempting";
  return (
    <Paper withBorder p="sm" className="line" component="article">
      <Group gap="xs">
        <StateBadge state={effect.state} />
        <Text fw={600} size="sm">
          {words.lanes[effect.lane] ?? effect.lane} · {words.purposes[effect.purpose] ?? effect.purpose}
        </Text>
        <Text size="xs" c="dimmed">
          {dateTime(effect.created_at, language)} · {words.attempts}: {effect.attempts}
        </Text>
        <Anchor size="sm" href={placeOf("incidents", effect.incident_id)}>
          {words.seeIncident}
        </Anchor>
      </Group>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>{wordsOf(effect)}</Text>
      {effect.reason && (
        <Text size="sm">
          {words.reason}: {reasonIn(language, effect.reason)}
        </Text>
      )}
      {effect.state === "unknown" && <Text size="sm">{words.retryUnknown}</Text>}
      {mend.error && <Failure error={mend.error} />}
      {idle && (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="default" onClick={() => { mend.mutate({ how: "retry" }); }}>
            {words.retry}
          </Button>
          {effect.kind === "say" && effect.state !== "unknown" && (
            <Button size="xs" variant="default" onClick={() => { setMending(true); }}>
              {words.mend}
            </Button>
          )}
          <Button size="xs" variant="subtle" color="red" onClick={() => { mend.mutate({ how: "drop" }); }}>
            {words.drop}
          </Button>
        </Group>
      )}
      <Mend
        opened={mending}
        close={() => { setMending(false); }}
        given={wordsOf(effect)}
        done={(text) => { mend.mutate({ how: "retry", body: { text } }); }}
      />
    </Paper>
  );
}

function OneAside({ item }: { item: SetAside }) {
  const { words, language } = useSpoken();
  const mend = useMend(`quarantine/${item.id}`);
  const [mending, setMending] = useState(false);
  return (
    <Paper withBorder p="sm" className="line" component="article">
      <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
        {item.source} · {reasonIn(language, item.reason)}
      </Text>
      <Text size="xs" c="dimmed">
        {dateTime(item.at, language)}
      </Text>
      <Text size="xs" component="pre" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", maxHeight: 120, overflow: "auto" }} tabIndex={0}>
        {item.body}
      </Text>
      {mend.error && <Failure error={mend.error} />}
      <Group gap="xs">
        {READABLE.has(item.source) && (
          <>
            <Button size="xs" variant="default" onClick={() => { mend.mutate({ how: "replay" }); }}>
              {words.retry}
            </Button>
            <Button size="xs" variant="default" onClick={() => { setMending(true); }}>
              {words.mend}
            </Button>
          </>
        )}
        <Button size="xs" variant="subtle" color="red" onClick={() => { mend.mutate({ how: "drop" }); }}>
          {words.drop}
        </Button>
      </Group>
      <Mend
        opened={mending}
        close={() => { setMending(false); }}
        given={item.body}
        done={(body) => { mend.mutate({ how: "replay", body: { body } }); }}
      />
    </Paper>
  );
}

interface MendProps {
  opened: boolean;
  close: () => void;
  given: string;
  done: (text: string) => void;
}

function Mend({ opened, close, given, done }: MendProps) {
  const words = useWords();
  const [text, setText] = useState(given);
  return (
    <Modal opened={opened} onClose={close} title={words.mend} size="lg" closeButtonProps={{ "aria-label": words.close }}>
      <Stack>
        <Textarea data-autofocus aria-label={words.mend} autosize minRows={4} maxRows={18} value={text} onChange={(event) => { setText(event.currentTarget.value); }} />
        <Button
          onClick={() => {
            close();
            done(text);
          }}
        >
          {words.retry}
        </Button>
      </Stack>
    </Modal>
  );
}
