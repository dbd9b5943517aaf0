import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, post, put } from "../../api/client";
import { deskWord } from "../../i18n/desk";
import { useSpoken, useWords } from "../../i18n/words";
import { Asked, Failure } from "../../ui/Asked";
import { dateTime } from "../../ui/format";

interface Ticket {
  id: string;
  ticketNumber: string;
  subject: string;
  status: string;
  priority: string | null;
  description: string | null;
  createdTime: string;
  comments: { id: string; content: string; commentedTime: string }[];
  attachments: { id: string; name: string }[];
}

const STATUSES = ["Open", "On Hold", "Escalated", "Closed"];
const OVER = "Closed";

/** What the stand-in of the desk has; a new status takes the way that a real desk's would. */
export default function Tickets() {
  const words = useWords();
  const tickets = useQuery({
    queryKey: ["tickets"],
    queryFn: async () => (await get<{ tickets: Ticket[] }>("demo/tickets")).tickets,
  });
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {words.tickets}
      </Title>
      <Text size="sm">{words.ticketsHelp}</Text>
      <Asked query={tickets}>
        {(all) =>
          all.length === 0 ? (
            <Text c="dimmed">{words.noTickets}</Text>
          ) : (
            <>
              {all.toReversed().map((ticket) => (
                <One key={ticket.id} ticket={ticket} />
              ))}
            </>
          )
        }
      </Asked>
    </Stack>
  );
}

function One({ ticket }: { ticket: Ticket }) {
  const { words, language } = useSpoken();
  return (
    <Paper withBorder p="sm" className="line" component="article" data-ticket={ticket.ticketNumber}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={600} style={{ overflowWrap: "anywhere" }}>
            {ticket.ticketNumber} · {ticket.subject}
          </Text>
          <Text size="sm" c="dimmed">
            {deskWord(words, ticket.status)} · {deskWord(words, ticket.priority ?? "–")} · {dateTime(ticket.createdTime, language)}
          </Text>
        </div>
        <Change ticket={ticket} />
      </Group>
      <details>
        <summary>
          {words.description} · {words.comments}: {ticket.comments.length} · {words.attachments}: {ticket.attachments.length}
        </summary>
        <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {plain(ticket.description ?? "")}
        </Text>
        {ticket.comments.map((comment) => (
          <Text size="sm" key={comment.id} style={{ overflowWrap: "anywhere" }}>
            {dateTime(comment.commentedTime, language)} · {plain(comment.content)}
          </Text>
        ))}
        {ticket.attachments.map((file) => (
          <Text size="sm" key={file.id}>
            {file.name}
          </Text>
        ))}
        <Comment ticket={ticket.id} />
      </details>
    </Paper>
  );
}

/** The text of a description that the desk keeps as HTML; nothing of it is ever run. */
export function plain(html: string): string {
  const broken = html.replace(/<br\s*\/?>|<\/(p|div|li)>/gi, "\n");
  return new DOMParser().parseFromString(broken, "text/html").body.textContent;
}

function Change({ ticket }: { ticket: Ticket }) {
  const words = useWords();
  const queries = useQueryClient();
  const [status, setStatus] = useState(ticket.status);
  const [resolution, setResolution] = useState("");
  const change = useMutation({
    mutationFn: () => put(`demo/tickets/${ticket.id}/status`, { status, ...(resolution ? { resolution } : {}) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tickets"] }),
  });
  const choices = STATUSES.includes(ticket.status) ? STATUSES : [ticket.status, ...STATUSES];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Group gap="xs">
        <NativeSelect size="xs" aria-label={words.status} value={status} data={choices.map((value) => ({ value, label: deskWord(words, value) }))} onChange={(event) => { setStatus(event.currentTarget.value); }} />
        {status === OVER && (
          <TextInput size="xs" aria-label={words.resolution} placeholder={words.resolution} value={resolution} onChange={(event) => { setResolution(event.currentTarget.value); }} />
        )}
        <Button size="xs" type="submit" loading={change.isPending} disabled={status === ticket.status}>
          {words.changeStatus}
        </Button>
      </Group>
      {change.error && <Failure error={change.error} />}
    </form>
  );
}

function Comment({ ticket }: { ticket: string }) {
  const words = useWords();
  const queries = useQueryClient();
  const [content, setContent] = useState("");
  const add = useMutation({
    mutationFn: () => post(`demo/tickets/${ticket}/comments`, { content }),
    onSuccess: () => {
      setContent("");
      return queries.invalidateQueries({ queryKey: ["tickets"] });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Group gap="xs" mt="xs">
        <TextInput size="xs" aria-label={words.addComment} value={content} onChange={(event) => { setContent(event.currentTarget.value); }} />
        <Button size="xs" type="submit" variant="default" disabled={!content.trim()} loading={add.isPending}>
          {words.addComment}
        </Button>
      </Group>
      {add.error && <Failure error={add.error} />}
    </form>
  );
}
