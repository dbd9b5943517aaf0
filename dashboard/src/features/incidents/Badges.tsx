import { Badge } from "@mantine/core";
import { useWords } from "../../i18n/words";

const COLORS: Record<string, string> = {
  candidate: "gray",
  collecting: "yellow",
  queued: "blue",
  ticketed: "teal",
  escalated: "red",
  resolved: "green",
};
const STATES: Record<string, string> = { done: "teal", dead: "red", unknown: "orange", dropped: "gray" };

export function StatusBadge({ status }: { status: string }) {
  const words = useWords();
  return (
    <Badge variant="dot" color={COLORS[status] ?? "gray"}>
      {words.statuses[status] ?? status}
    </Badge>
  );
}

export function StateBadge({ state }: { state: string }) {
  const words = useWords();
  return (
    <Badge variant="dot" color={STATES[state] ?? "blue"}>
      {words.states[state] ?? state}
    </Badge>
  );
}

export function PriorityBadge({ priority }: { priority: string | null | undefined }) {
  const words = useWords();
  if (!priority) return null;
  return (
    <Badge variant="outline" color={priority === "urgent" ? "red" : "gray"}>
      {words.priorities[priority] ?? priority}
    </Badge>
  );
}
