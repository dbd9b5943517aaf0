import { Anchor, Stack, Text } from "@mantine/core";
import type { Change, IncidentFull, IncidentRow } from "../../api/client";
import { useSpoken, useWords } from "../../i18n/words";
import { dateTime } from "../../ui/format";
import { placeOf } from "../../ui/hash";
import { useIncidents } from "../incidents/queries";

/** How an incident is called in a list: its ticket, what it is about, where. */
export function nameOf(one: IncidentRow): string {
  const number = one.ticket_number ? `#${one.ticket_number} ` : "";
  return `${number}${one.subject ?? (one.words || one.id)} (${one.reporter})`;
}

/** Who changed what, when and why, oldest first. */
export function History({ incident }: { incident: IncidentFull }) {
  const { words, language } = useSpoken();
  const { correcting } = words;
  const said = (id: string) => incident.messages.find((one) => one.message_id === id)?.text;
  return (
    <Stack gap="xs" component="ol" m={0} p={0}>
      {incident.corrections.map((one) => (
        <li key={one.id} className="line" data-correction={one.id}>
          <Text size="sm">
            <strong>{correcting.kinds[one.kind]}</strong> · {one.author} · {dateTime(one.at, language)}
          </Text>
          {one.why && <Text size="sm">{one.why}</Text>}
          {one.changes.map((change) => (
            <Text key={change.incident ?? "new"} size="xs" c="dimmed">
              <Consequence change={change} here={incident.id} />
            </Text>
          ))}
          {one.moved.length > 0 && (
            <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              {correcting.moved.replace("{n}", String(one.moved.length))}
              {one.moved.map(said).filter(Boolean).map((text) => ` «${text ?? ""}»`)}
            </Text>
          )}
        </li>
      ))}
      {incident.corrections.length === 0 && <Text component="li" size="sm" c="dimmed" style={{ listStyle: "none" }}>{correcting.none}</Text>}
    </Stack>
  );
}

/** What a correction does to one incident and its ticket, in a sentence. */
export function Consequence({ change, here }: { change: Change; here: string }) {
  const { correcting } = useWords();
  const number = change.ticket_number ? ` #${change.ticket_number}` : "";
  const fate = (correcting.fates[change.fate] ?? change.fate).replace(" #{number}", number);
  return (
    <>
      {change.incident === here && correcting.thisOne}
      {!change.incident && correcting.newOne}
      {change.incident && change.incident !== here && <Linked id={change.incident} />}: {correcting.parts[change.part]}; {fate}
    </>
  );
}

/** Another incident by its name, to go there. */
export function Linked({ id }: { id: string }) {
  const incidents = useIncidents();
  const found = incidents.data?.find((one) => one.id === id);
  return (
    <Anchor inherit underline="always" href={placeOf("incidents", id)}>
      {found ? nameOf(found) : id}
    </Anchor>
  );
}

/** Where an incident stands among others: merged into one, or part of an outage. */
export function Standing({ incident }: { incident: IncidentFull }) {
  const { correcting } = useWords();
  return (
    <>
      {incident.merged_into && (
        <Text size="sm">
          {correcting.mergedInto}: <Linked id={incident.merged_into} />
        </Text>
      )}
      {incident.parent && (
        <Text size="sm">
          {correcting.partOf}: <Linked id={incident.parent} />
        </Text>
      )}
    </>
  );
}
