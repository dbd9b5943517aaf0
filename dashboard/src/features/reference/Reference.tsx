import { Anchor, Button, Group, Stack, Text, Textarea, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useWords } from "../../i18n/words";
import { Asked, Failure } from "../../ui/Asked";
import { addressOf, byTag, sketch, type Operation, type Spec } from "./sketch";

const SPEC = "/openapi.json";
const LONGEST = 20_000;

/** Every route of the server, from its own OpenAPI, to be read and tried. */
export default function Reference() {
  const words = useWords();
  const [filter, setFilter] = useState("");
  const spec = useQuery({
    queryKey: ["openapi"],
    queryFn: async () => (await (await fetch(SPEC)).json()) as Spec,
    staleTime: Infinity,
  });
  return (
    <main className="reference">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={1} size="h3">
            Recado: {words.reference}
          </Title>
          <Group gap="sm">
            <Anchor href={SPEC}>{words.asJson}</Anchor>
            <Anchor href="/">← {words.back}</Anchor>
          </Group>
        </Group>
        <Text size="sm">{words.referenceHelp}</Text>
        <TextInput aria-label={words.filter} placeholder={words.filter} value={filter} onChange={(event) => { setFilter(event.currentTarget.value); }} />
        <Asked query={spec}>
          {(told) => (
            <>
              {byTag(told, filter).map(([tag, those]) => (
                <section key={tag}>
                  <Title order={2} size="h5">
                    {tag}
                  </Title>
                  {those.map((one) => (
                    <Route key={`${one.verb} ${one.path}`} spec={told} {...one} />
                  ))}
                </section>
              ))}
            </>
          )}
        </Asked>
      </Stack>
    </main>
  );
}

interface RouteProps {
  spec: Spec;
  verb: string;
  path: string;
  operation: Operation;
}

function Route({ spec, verb, path, operation }: RouteProps) {
  const words = useWords();
  const [opened, setOpened] = useState(false);
  return (
    <details data-route={`${verb} ${path}`} onToggle={(event) => { setOpened(event.currentTarget.open); }}>
      <summary>
        <span className="verb">{verb.toUpperCase()}</span> <code>{path}</code> {operation.summary}
      </summary>
      {opened && (
        <Stack gap={4} pl="md" py={4}>
          <Text size="sm" style={{ whiteSpace: "pre-wrap" }}>{operation.description}</Text>
          {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
            <Shape key={type} title={`${words.body} · ${type}`} text={sketch(schema, spec)} />
          ))}
          {Object.entries(operation.responses ?? {}).map(([status, { description, content }]) => (
            <Shape
              key={status}
              title={`${words.answers} · ${status} ${description}`}
              text={content ? Object.values(content).map(({ schema }) => sketch(schema, spec)).join("\n") : ""}
            />
          ))}
          <Try verb={verb} path={path} operation={operation} />
        </Stack>
      )}
    </details>
  );
}

function Shape({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">{title}</Text>
      {text && (
        <Text component="pre" size="xs" m={0} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {text}
        </Text>
      )}
    </div>
  );
}

function Try({ verb, path, operation }: Omit<RouteProps, "spec">) {
  const words = useWords();
  const [values, setValues] = useState<Record<string, string>>({});
  const [body, setBody] = useState("{}");
  const parameters = (operation.parameters ?? []).filter((one) => one.in === "path" || one.in === "query");
  const takesJson = operation.requestBody?.content["application/json"] !== undefined;
  const ask = useMutation({
    mutationFn: async () => {
      const given: RequestInit = { method: verb.toUpperCase() };
      if (takesJson) Object.assign(given, { body, headers: { "content-type": "application/json" } });
      const answer = await fetch(addressOf(path, parameters, values), given);
      return `${answer.status} ${answer.statusText}\n${(await answer.text()).slice(0, LONGEST)}`;
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <Group gap="xs" align="flex-end">
        {parameters.map(({ name, required }) => (
          <TextInput
            key={name}
            size="xs"
            label={required ? `${name} (${words.required})` : name}
            required={required}
            withAsterisk={false}
            value={values[name] ?? ""}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setValues((held) => ({ ...held, [name]: value }));
            }}
          />
        ))}
        <Button size="xs" type="submit" variant="default" loading={ask.isPending}>
          {words.tryIt}
        </Button>
      </Group>
      {takesJson && (
        <Textarea size="xs" mt={4} autosize label={words.body} value={body} onChange={(event) => { setBody(event.currentTarget.value); }} />
      )}
      {ask.error && <Failure error={ask.error} />}
      {ask.data !== undefined && (
        <pre className="answer" tabIndex={0}>
          {ask.data}
        </pre>
      )}
    </form>
  );
}
