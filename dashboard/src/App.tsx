import { ActionIcon, AppShell, Badge, Button, Group, Text, Title, useMantineColorScheme } from "@mantine/core";
import { IconChartBar, IconMessages, IconMoonStars, IconProgressAlert, IconRefreshDot, IconTicket, IconTruckDelivery } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, type ReactNode } from "react";
import { get, type Session } from "./api/client";
import { useLive } from "./api/live";
import { Login, Logout } from "./features/session/Login";
import { useSpoken } from "./i18n/words";
import { Asked } from "./ui/Asked";
import { placeOf, usePlace } from "./ui/hash";

const Simulator = lazy(() => import("./features/simulator/Simulator"));
const Incidents = lazy(() => import("./features/incidents/Incidents"));
const Tickets = lazy(() => import("./features/tickets/Tickets"));
const Outbox = lazy(() => import("./features/outbox/Outbox"));
const Figures = lazy(() => import("./features/figures/Figures"));
const Reference = lazy(() => import("./features/reference/Reference"));
const Replay = lazy(() => import("./features/replay/Replay"));

interface Section {
  name: "chat" | "incidents" | "tickets" | "outbox" | "figures" | "replay";
  icon: ReactNode;
  demo?: boolean;
}

const SECTIONS: Section[] = [
  { name: "chat", icon: <IconMessages size={18} />, demo: true },
  { name: "incidents", icon: <IconProgressAlert size={18} /> },
  { name: "tickets", icon: <IconTicket size={18} />, demo: true },
  { name: "outbox", icon: <IconTruckDelivery size={18} /> },
  { name: "figures", icon: <IconChartBar size={18} /> },
  { name: "replay", icon: <IconRefreshDot size={18} /> },
];

export function App() {
  const session = useQuery({ queryKey: ["session"], queryFn: () => get<Session>("session") });
  // The server hands out the same page at /docs: what it says there is public.
  if (location.pathname === "/docs") return <Suspense><Reference /></Suspense>;
  return <Asked query={session}>{(told) => (told.logged_in ? <Shell session={told} /> : <Login />)}</Asked>;
}

function Shell({ session }: { session: Session }) {
  const { words, language, choose } = useSpoken();
  const { toggleColorScheme } = useMantineColorScheme();
  const connected = useLive(true);
  const [wanted, id] = usePlace();
  const sections = SECTIONS.filter((one) => !one.demo || session.mode === "demo");
  const here = sections.find((one) => one.name === wanted)?.name ?? sections[0]?.name ?? "incidents";
  return (
    <AppShell header={{ height: 52 }} footer={{ height: 56 }} padding="sm">
      <AppShell.Header>
        <Group h="100%" px="sm" gap="xs" wrap="nowrap" justify="space-between">
          <Group gap="xs" wrap="nowrap">
            <a className="skip" href="#main">
              {words.skip}
            </a>
            <Title order={1} size="h4">
              Recado
            </Title>
            {session.mode === "demo" && <Badge variant="light" visibleFrom="xs">{words.demo}</Badge>}
            <Badge variant="dot" color={connected ? "teal" : "gray"} role="status">
              {connected ? words.live : words.offline}
            </Badge>
          </Group>
          <Group gap={4} wrap="nowrap">
            <Button variant="subtle" size="compact-sm" onClick={() => { choose(language === "es" ? "en" : "es"); }}>
              {words.language}
            </Button>
            <ActionIcon variant="subtle" aria-label={words.scheme} onClick={() => { toggleColorScheme(); }}>
              <IconMoonStars size={18} />
            </ActionIcon>
            {session.needs_login && <Logout />}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Main id="main" h={here === "chat" ? "100dvh" : undefined}>
        <Suspense fallback={<Text>{words.loading}</Text>}>
          {here === "chat" && <Simulator session={session} />}
          {here === "incidents" && <Incidents session={session} id={id} />}
          {here === "tickets" && <Tickets />}
          {here === "outbox" && <Outbox />}
          {here === "figures" && <Figures />}
          {here === "replay" && <Replay />}
        </Suspense>
      </AppShell.Main>
      <AppShell.Footer component="nav" aria-label={words.navigation}>
        <Group className="sections" h="100%" gap={0} justify="center" wrap="nowrap">
          {sections.map(({ name, icon }) => (
            <Button
              key={name}
              component="a"
              href={placeOf(name)}
              variant={here === name ? "light" : "subtle"}
              aria-current={here === name ? "page" : undefined}
              h={52}
              maw={150}
              flex={1}
            >
              <span>
                {icon}
                <Text size="xs" component="span" display="block">
                  {words[name]}
                </Text>
              </span>
            </Button>
          ))}
        </Group>
      </AppShell.Footer>
    </AppShell>
  );
}
