import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { get, type DeskTicket as Told, type IncidentFull } from "../../api/client";
import { deskWord } from "../../i18n/desk";
import { useSpoken } from "../../i18n/words";
import { Asked } from "../../ui/Asked";
import { dateTime } from "../../ui/format";

/** The ticket as the desk has it now; what the incident knows of it says when to ask again. */
export function DeskTicket({ incident }: { incident: IncidentFull }) {
  const { words, language } = useSpoken();
  const { id, ticket_id, ticket_status, effects } = incident;
  const done = effects.filter(({ lane, state }) => lane === "desk" && state === "done").length;
  const ticket = useQuery({
    queryKey: ["desk-ticket", id, ticket_status, done],
    queryFn: () => get<Told>(`incidents/${id}/ticket`),
    enabled: ticket_id !== null,
  });
  if (ticket_id === null) return <Text size="sm">{words.noTicket}</Text>;
  return (
    <Asked query={ticket}>
      {(told) => (
        <div data-desk-ticket={told.number}>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {told.number} · {told.subject}
          </Text>
          <Text size="sm">
            {words.status}: {deskWord(words, told.status)} · {words.priority}: {deskWord(words, told.priority ?? "–")}
            {told.modified_at && ` · ${words.modified}: ${dateTime(told.modified_at, language)}`}
          </Text>
          {told.resolution && (
            <Text size="sm">
              {words.resolution}: {told.resolution}
            </Text>
          )}
          <Text size="sm" mt={4} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {told.description}
          </Text>
          {/^https?:\/\//.test(told.url ?? "") && (
            <Anchor size="sm" href={told.url ?? ""} rel="noreferrer" target="_blank">
              {words.openAtDesk}
            </Anchor>
          )}
        </div>
      )}
    </Asked>
  );
}
