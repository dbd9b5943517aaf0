import { Button, FileButton, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ask, get, Problem, type ReplayView } from "../../api/client";
import { useSpoken, useWords } from "../../i18n/words";
import { Failure } from "../../ui/Asked";

const LOOK_MS = 500;

/** Drop an exported chat, watch it go by, read it beside what it would have become. */
export default function Replay() {
  const { words, language } = useSpoken();
  const [id, setId] = useState(() => sessionStorage.getItem("recado.replay") ?? "");
  const [over, setOver] = useState(false);
  const start = useMutation({
    mutationFn: (file: File) => ask<ReplayView>("POST", `replays?${new URLSearchParams({ name: file.name, language }).toString()}`, file.slice()),
    onSuccess: (begun) => {
      sessionStorage.setItem("recado.replay", begun.id);
      setId(begun.id);
    },
  });
  const replay = useQuery({
    queryKey: ["replay", id],
    queryFn: () => get<ReplayView>(`replays/${id}`),
    enabled: id !== "",
    retry: false,
    refetchInterval: ({ state }) => (state.data?.state === "running" ? LOOK_MS : false),
  });
  const running = start.isPending || replay.data?.state === "running";
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {words.replay}
      </Title>
      <Paper
        withBorder
        data-drop
        p="lg"
        bg={over ? "var(--mantine-color-default-hover)" : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => { setOver(false); }}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file && !running) start.mutate(file);
        }}
      >
        <Group justify="center">
          <Text>{words.replayHelp}</Text>
          <FileButton accept=".txt,.zip" onChange={(file) => { if (file) start.mutate(file); }}>
            {(props) => (
              <Button {...props} loading={running}>
                {words.chooseFile}
              </Button>
            )}
          </FileButton>
        </Group>
      </Paper>
      {start.error && <Failure error={start.error} />}
      {replay.data && <Shown replay={replay.data} />}
    </Stack>
  );
}

function Shown({ replay }: { replay: ReplayView }) {
  const words = useWords();
  if (replay.state === "failed") return <Failure error={new Problem(0, replay.code)} />;
  const report = `/api/replays/${replay.id}/report.html`;
  if (replay.state === "running") {
    return (
      <div role="status">
        <Text size="sm">
          {words.replaying} {replay.name}: {replay.done} / {replay.total || "…"} {words.messages}, {replay.incidents} {words.incidents.toLocaleLowerCase()}
        </Text>
        <Progress value={replay.total ? (100 * replay.done) / replay.total : 5} animated aria-label={words.replaying} />
      </div>
    );
  }
  return (
    <>
      <Group justify="space-between">
        <Text fw={600}>{replay.name}</Text>
        <Button component="a" href={`${report}?save=true`} download variant="default">
          {words.saveHtml}
        </Button>
      </Group>
      <iframe className="report" src={report} title={`${words.replay}: ${replay.name}`} sandbox="allow-same-origin" />
    </>
  );
}
