import { ActionIcon, Button, Group, Menu, NativeSelect, Text } from "@mantine/core";
import { IconClockPlay, IconPlus, IconTheater } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { post, type Jumped, type Session } from "../../api/client";
import { useSpoken } from "../../i18n/words";
import { Failure } from "../../ui/Asked";
import { dateTime } from "../../ui/format";
import { useBusinessNow } from "../../ui/now";
import { burst, outage, type Chat, type Delivery, type Person } from "./group";

interface Props {
  session: Session;
  chats: Chat[];
  chat: Chat;
  person: Person;
  people: Person[];
  delivery: Delivery;
  choose: (what: { chat?: string; person?: string; delivery?: Delivery }) => void;
  add: (kind: "chat" | "person") => void;
}

const HALF_HOUR = 1800;
const DAY = 86_400;

/** Which group, who writes, how it is delivered; scenes and the clock. */
export function Tools({ session, chats, chat, person, people, delivery, choose, add }: Props) {
  const { words, language } = useSpoken();
  const queries = useQueryClient();
  const now = useBusinessNow(session.ahead_seconds);
  const jump = useMutation({
    mutationFn: (seconds: number) => post<Jumped>("demo/clock", { seconds }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const scene = useMutation({ mutationFn: (play: () => Promise<void>) => play() });
  const error = scene.error ?? jump.error;
  return (
    <Group gap={6} p={6} align="center">
      <Group gap={2} wrap="nowrap" flex="1 1 140px" maw={220}>
        <NativeSelect
          size="xs"
          flex={1}
          miw={0}
          aria-label={words.groups}
          value={chat.chat}
          data={chats.map((one) => ({ value: one.chat, label: one.name }))}
          onChange={(event) => { choose({ chat: event.currentTarget.value }); }}
        />
        <ActionIcon variant="subtle" aria-label={words.newGroup} onClick={() => { add("chat"); }}>
          <IconPlus size={16} />
        </ActionIcon>
      </Group>
      <Group gap={2} wrap="nowrap" flex="1 1 140px" maw={220}>
        <NativeSelect
          size="xs"
          flex={1}
          miw={0}
          aria-label={words.writeAs}
          value={person.id}
          data={people.map((one) => ({ value: one.id, label: one.name || one.id }))}
          onChange={(event) => { choose({ person: event.currentTarget.value }); }}
        />
        <ActionIcon variant="subtle" aria-label={words.newPerson} onClick={() => { add("person"); }}>
          <IconPlus size={16} />
        </ActionIcon>
      </Group>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" loading={scene.isPending} leftSection={<IconTheater size={14} />}>
            {words.scenes}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => { scene.mutate(() => burst(chat, person)); }}>{words.burst}</Menu.Item>
          <Menu.Item onClick={() => { scene.mutate(() => outage(chat)); }}>{words.outage}</Menu.Item>
          <Menu.Label>{words.delivery}</Menu.Label>
          {(["normally", "late", "twice", "swapped"] as const).map((name) => (
            <Menu.Item key={name} onClick={() => { choose({ delivery: name }); }}>
              {delivery === name ? "● " : "○ "}
              {words[name]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu>
        <Menu.Target>
          <Button size="xs" variant="default" loading={jump.isPending} leftSection={<IconClockPlay size={14} />}>
            {words.clock}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => { jump.mutate(HALF_HOUR); }}>{words.plus30}</Menu.Item>
          <Menu.Item onClick={() => { jump.mutate(DAY); }}>{words.plusDay}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {error && <Failure error={error} />}
      <Text size="xs" c="dimmed" data-testid="now">
        {words.now}: {dateTime(now, language)}
      </Text>
    </Group>
  );
}
