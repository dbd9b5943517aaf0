import { Group, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { IncidentRow, Session } from "../../api/client";
import { deskWord } from "../../i18n/desk";
import { useWords } from "../../i18n/words";
import { Asked } from "../../ui/Asked";
import { placeOf } from "../../ui/hash";
import { PriorityBadge, StatusBadge } from "./Badges";
import { Known, Steps } from "./Parts";
import { useIncident, useIncidents } from "./queries";

const SHOWN = 6;

/** The newest incidents of a chat beside it, the first one with what is known and decided. */
export function Beside({ chat, empty }: { session: Session; chat: string; empty: ReactNode }) {
  const incidents = useIncidents();
  return (
    <Asked query={incidents}>
      {(all) => {
        const here = all.filter((one) => one.chat === chat && one.status !== "dismissed").slice(0, SHOWN);
        if (here.length === 0) return empty;
        return (
          <Stack gap="xs">
            {here.map((one, place) => (
              <Card key={one.id} incident={one} open={place === 0} />
            ))}
          </Stack>
        );
      }}
    </Asked>
  );
}

function Card({ incident, open }: { incident: IncidentRow; open: boolean }) {
  const words = useWords();
  return (
    <Paper withBorder p="sm" data-incident={incident.id}>
      <a className="card-link" href={placeOf("incidents", incident.id)}>
        <Text fw={600}>{incident.subject ?? incident.words}</Text>
        <Group gap={6} my={4}>
          <StatusBadge status={incident.status} />
          <PriorityBadge priority={incident.priority} />
          {incident.ticket_number && (
            <Text size="sm">
              {words.ticket} {incident.ticket_number} {incident.ticket_status && deskWord(words, incident.ticket_status)}
            </Text>
          )}
        </Group>
      </a>
      {open && <Details id={incident.id} />}
    </Paper>
  );
}

function Details({ id }: { id: string }) {
  return (
    <Asked query={useIncident(id)}>
      {(incident) => (
        <Stack gap="xs">
          <Known incident={incident} />
          <Steps steps={incident.steps.slice(-4)} />
        </Stack>
      )}
    </Asked>
  );
}
