import { Badge, Group, Stack, Text } from "@mantine/core";
import type { Effect, IncidentFull, Step } from "../../api/client";
import { reasonIn } from "../../i18n/reasons";
import { useSpoken, useWords } from "../../i18n/words";
import { dateTime, usd } from "../../ui/format";
import { StateBadge } from "./Badges";
import { decided } from "./decided";

/** What is known, from which message, and what is missing. */
export function Known({ incident }: { incident: IncidentFull }) {
  const words = useWords();
  const said = (id: string | null | undefined) => incident.messages.find((one) => one.message_id === id)?.text;
  return (
    <Stack gap={2}>
      {incident.known.map((field) => (
        <Text size="sm" key={field.name}>
          <strong>{words.fields[field.name] ?? field.name}</strong>: {field.value}
          {said(field.message_id) && (
            <Text span size="xs" c="dimmed">
              {" "}
              {words.from} «{said(field.message_id)}»
            </Text>
          )}
        </Text>
      ))}
      <Text size="sm">
        <strong>{words.missing}</strong>:{" "}
        {incident.missing.map((name) => words.fields[name] ?? name).join(", ") || words.nothingMissing}
      </Text>
    </Stack>
  );
}

/** What each node decided, with which model and prompt, for how much, how fast; and all it wrote. */
export function Steps({ steps }: { steps: Step[] }) {
  const words = useWords();
  return (
    <Stack gap={4} component="ol" m={0} p={0}>
      {steps.map((step, place) => (
        <Group key={place} gap={6} component="li" wrap="wrap">
          <Badge variant="light" tt="none">
            {step.turn} · {step.node}
          </Badge>
          {step.model && <Text size="xs">{step.model}</Text>}
          {step.remembered && <Text size="xs">{words.remembered}</Text>}
          {step.prompt_version && (
            <Text size="xs">
              {words.prompt} v{step.prompt_version}
            </Text>
          )}
          {step.input_tokens + step.output_tokens > 0 && (
            <Text size="xs">
              {step.input_tokens} + {step.output_tokens} {words.tokens}
            </Text>
          )}
          {step.usd ? <Text size="xs">{usd(step.usd)}</Text> : null}
          <Text size="xs">{Math.round(step.seconds * 1000)} ms</Text>
          <Learnt learnt={step.learnt} />
          <Text size="sm" className="decided">{decided(step, words)}</Text>
        </Group>
      ))}
    </Stack>
  );
}

function Learnt({ learnt }: { learnt: Record<string, unknown> }) {
  const words = useWords();
  if (Object.keys(learnt).length === 0) return null;
  return (
    <details className="learnt">
      <summary>
        <Text span size="xs">
          {words.inFull}
        </Text>
      </summary>
      <Text component="pre" size="xs" m={0} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {JSON.stringify(learnt, null, 1)}
      </Text>
    </details>
  );
}

/** What must happen outside, and how far each is. */
export function Effects({ effects }: { effects: Effect[] }) {
  const { words, language } = useSpoken();
  return (
    <Stack gap="xs">
      {effects.map((effect) => (
        <div key={effect.id} className="line">
          <Group gap={6}>
            <StateBadge state={effect.state} />
            <Text size="sm" fw={600}>
              {words.lanes[effect.lane] ?? effect.lane} · {words.purposes[effect.purpose] ?? effect.purpose}
            </Text>
            <Text size="xs" c="dimmed">
              {dateTime(effect.done_at ?? effect.created_at, language)}
              {effect.attempts > 1 && ` · ${words.attempts}: ${effect.attempts}`}
            </Text>
          </Group>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>{wordsOf(effect)}</Text>
          {effect.reason && (
            <Text size="xs" c="dimmed">
              {words.reason}: {reasonIn(language, effect.reason)}
            </Text>
          )}
        </div>
      ))}
    </Stack>
  );
}

/** What an effect says or does, in words. */
export function wordsOf(effect: Effect): string {
  const { text, subject, name } = effect.payload;
  for (const found of [effect.text, text, subject, name]) {
    if (typeof found === "string" && found) return found;
  }
  return effect.effect_key;
}
