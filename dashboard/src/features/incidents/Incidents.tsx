import { Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMemo, useState } from "react";
import type { IncidentRow, Session } from "../../api/client";
import { deskWord } from "../../i18n/desk";
import { useWords } from "../../i18n/words";
import { Asked } from "../../ui/Asked";
import { Columns } from "../../ui/Columns";
import { span } from "../../ui/format";
import { placeOf } from "../../ui/hash";
import { useBusinessNow } from "../../ui/now";
import { PriorityBadge, StatusBadge } from "./Badges";
import { OneIncident } from "./OneIncident";
import { useGroupName, useIncidents } from "./queries";

export default function Incidents({ session, id }: { session: Session; id: string | undefined }) {
  return id ? <OneIncident session={session} id={id} /> : <List session={session} />;
}

const NO_FILTER = "";

function List({ session }: { session: Session }) {
  const words = useWords();
  const incidents = useIncidents();
  const now = useBusinessNow(session.ahead_seconds);
  const [status, setStatus] = useState(NO_FILTER);
  const [search, setSearch] = useState("");
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {words.incidents}
        </Title>
        <Group gap="xs">
          <TextInput size="xs" aria-label={words.search} placeholder={words.search} value={search} onChange={(event) => { setSearch(event.currentTarget.value); }} />
          <NativeSelect
            size="xs"
            aria-label={words.status}
            value={status}
            data={[
              { value: NO_FILTER, label: words.allStatuses },
              ...Object.entries(words.statuses).map(([value, label]) => ({ value, label })),
            ]}
            onChange={(event) => { setStatus(event.currentTarget.value); }}
          />
        </Group>
      </Group>
      <Asked query={incidents}>
        {(all) => <Rows session={session} all={all} status={status} search={search.toLocaleLowerCase()} now={now} />}
      </Asked>
    </Stack>
  );
}

interface RowsProps {
  session: Session;
  all: IncidentRow[];
  status: string;
  search: string;
  now: number;
}

function Rows({ session, all, status, search, now }: RowsProps) {
  const words = useWords();
  const groupName = useGroupName(session);
  const shown = useMemo(
    () =>
      all.filter(
        (one) =>
          (!status || one.status === status) &&
          [one.subject, one.words, one.store, one.system, one.chat_name, one.reporter, one.ticket_number]
            .join(" ")
            .toLocaleLowerCase()
            .includes(search),
      ),
    [all, status, search],
  );
  if (shown.length === 0) return <Text c="dimmed">{all.length === 0 ? words.noIncidents : words.noMatch}</Text>;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={words.incidents}>
      <table className="rows">
        <Columns names={[words.subject, words.status, words.store, words.system, words.priority, words.owner, words.ticket, words.age, words.nextTimer]} />
        <tbody>
          {shown.map((one) => (
            <tr key={one.id} className="line" data-incident={one.id}>
              <td>
                <a href={placeOf("incidents", one.id)}>{one.subject ?? (one.words || one.id)}</a>
                <Text size="xs" c="dimmed">
                  {groupName(one)} · {one.reporter}
                </Text>
              </td>
              <td><StatusBadge status={one.status} /></td>
              <td data-label={words.store}>{one.store}</td>
              <td data-label={words.system}>{one.system}</td>
              <td><PriorityBadge priority={one.priority} /></td>
              <td data-label={words.owner}>{one.owner}</td>
              <td data-label={words.ticket}>{one.ticket_number && `${one.ticket_number} ${deskWord(words, one.ticket_status ?? "")}`}</td>
              <td data-label={words.age}>{span((now - Date.parse(one.opened_at)) / 1000)}</td>
              <td data-label={words.nextTimer}>
                {one.next_timer && `${words.timers[one.next_timer.name] ?? one.next_timer.name}: ${span((Date.parse(one.next_timer.due_at) - now) / 1000)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
