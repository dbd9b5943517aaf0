import { Alert, Loader, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Problem } from "../api/client";
import { problemIn } from "../i18n/problems";
import { useSpoken, useWords } from "../i18n/words";

/** What went wrong, with the trace id that the log has it under. */
export function Failure({ error }: { error: Error }) {
  const { words, language } = useSpoken();
  const known = error instanceof Problem;
  return (
    <Alert color="red" title={words.failed} role="alert">
      {known ? problemIn(language, error.code, error.reason) : problemIn(language, "unknown")}
      {known && error.traceId && (
        <Text size="xs" mt={4}>
          {words.trace}: {error.traceId}
        </Text>
      )}
    </Alert>
  );
}

/** A query's answer, or that it is on its way, or what went wrong. */
export function Asked<T>({ query, children }: { query: UseQueryResult<T>; children: (data: T) => ReactNode }) {
  const words = useWords();
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure error={query.error} />;
  return <Loader size="sm" role="status" aria-label={words.loading} />;
}
