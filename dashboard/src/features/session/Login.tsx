import { Button, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ask, post, type Session } from "../../api/client";
import { useWords } from "../../i18n/words";
import { Failure } from "../../ui/Asked";

export function Login() {
  const words = useWords();
  const queries = useQueryClient();
  const [password, setPassword] = useState("");
  const login = useMutation({
    mutationFn: () => post<Session>("session", { password }),
    onSuccess: (session) => {
      queries.setQueryData(["session"], session);
    },
  });
  return (
    <main>
      <Paper maw={380} mx="auto" mt="15vh" p="lg" withBorder>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            login.mutate();
          }}
        >
          <Stack>
            <Title order={1} size="h3">
              Recado
            </Title>
            <Text size="sm">{words.loginHelp}</Text>
            <PasswordInput
              label={words.password}
              value={password}
              autoComplete="current-password"
              onChange={(event) => { setPassword(event.currentTarget.value); }}
            />
            {login.error && <Failure error={login.error} />}
            <Button type="submit" loading={login.isPending} disabled={!password}>
              {words.login}
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

export function Logout() {
  const words = useWords();
  const queries = useQueryClient();
  const logout = useMutation({
    mutationFn: () => ask<Session>("DELETE", "session"),
    onSuccess: (session) => {
      // What shows the page listens to this one query, which must therefore stay.
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
      queries.setQueryData(["session"], session);
    },
  });
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => { logout.mutate(); }}>
      {words.logout}
    </Button>
  );
}
