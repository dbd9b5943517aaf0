import { Alert, Button, Group, List, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { post, type Correction, type CorrectionPlan, type IncidentFull } from "../../api/client";
import { useWords } from "../../i18n/words";
import { Asked, Failure } from "../../ui/Asked";
import { useIncidents } from "../incidents/queries";
import { Consequence, nameOf } from "./History";
import { NEEDS_OTHER, newKey, NOWHERE, others, possible, wishOf, type Kind } from "./wishes";

interface Props {
  incident: IncidentFull;
  chosen: string[];
  clear: () => void;
}

/** What a person can change about an incident and the messages that are ticked. */
export function Correct({ incident, chosen, clear }: Props) {
  const { correcting } = useWords();
  const [kind, setKind] = useState<Kind | null>(null);
  return (
    <>
      <Group gap={6} role="group" aria-label={correcting.title}>
        <Text size="sm">{correcting.chosen.replace("{n}", String(chosen.length))}</Text>
        {possible(incident, chosen.length).map((one) => (
          <Button key={one.kind} size="compact-sm" variant="default" disabled={!one.ready} onClick={() => { setKind(one.kind); }}>
            {correcting.kinds[one.kind]}
          </Button>
        ))}
      </Group>
      <Modal
        opened={kind !== null}
        onClose={() => { setKind(null); }}
        title={kind && correcting.kinds[kind]}
        closeButtonProps={{ "aria-label": correcting.cancel }}
        size="lg"
      >
        {kind && (
          <Confirm
            kind={kind}
            incident={incident}
            chosen={chosen}
            done={() => {
              setKind(null);
              clear();
            }}
          />
        )}
      </Modal>
    </>
  );
}

const AUTHOR = "recado.author";

function Confirm({ kind, incident, chosen, done }: { kind: Kind; incident: IncidentFull; chosen: string[]; done: () => void }) {
  const { correcting } = useWords();
  const queries = useQueryClient();
  const [requestKey] = useState(newKey);
  const [other, setOther] = useState("");
  const [author, setAuthor] = useState(() => localStorage.getItem(AUTHOR) ?? "");
  const [why, setWhy] = useState("");
  const wish = wishOf(kind, incident.id, chosen, other);
  const plan = useQuery({
    queryKey: ["correction", wish],
    queryFn: () => post<CorrectionPlan>("corrections/preview", wish),
    enabled: wish !== null,
    retry: false,
    gcTime: 0,
  });
  const correct = useMutation({
    mutationFn: () => post<Correction>("corrections", { ...wish, author, why, request_key: requestKey }),
    onSuccess: async () => {
      localStorage.setItem(AUTHOR, author);
      done();
      await Promise.all([queries.invalidateQueries({ queryKey: ["incident"] }), queries.invalidateQueries({ queryKey: ["incidents"] })]);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        correct.mutate();
      }}
    >
      <Stack>
        {NEEDS_OTHER.has(kind) && <Other kind={kind} incident={incident} value={other} choose={setOther} />}
        <TextInput label={correcting.author} required value={author} maxLength={100} onChange={(event) => { setAuthor(event.currentTarget.value); }} />
        <TextInput label={correcting.why} value={why} maxLength={1000} onChange={(event) => { setWhy(event.currentTarget.value); }} />
        {wish && (
          <Alert color="blue" title={correcting.willHappen} role="status">
            <Asked query={plan}>{(told) => <Coming plan={told} incident={incident} />}</Asked>
          </Alert>
        )}
        {correct.error && <Failure error={correct.error} />}
        <Button type="submit" disabled={!author.trim() || !plan.data} loading={correct.isPending}>
          {correcting.confirm}
        </Button>
      </Stack>
    </form>
  );
}

function Other({ kind, incident, value, choose }: { kind: Kind; incident: IncidentFull; value: string; choose: (id: string) => void }) {
  const { correcting } = useWords();
  const incidents = useIncidents();
  const found = others(kind, incident, incidents.data ?? []);
  return (
    <NativeSelect
      label={correcting.other}
      required
      value={value}
      data={[
        { value: "", label: correcting.choose },
        ...found.map((one) => ({ value: one.id, label: nameOf(one) })),
        ...(kind === "move" ? [{ value: NOWHERE, label: correcting.nowhere }] : []),
      ]}
      onChange={(event) => { choose(event.currentTarget.value); }}
    />
  );
}

/** What will happen, an incident a line, and that the group is left in peace. */
function Coming({ plan, incident }: { plan: CorrectionPlan; incident: IncidentFull }) {
  const { correcting } = useWords();
  return (
    <List size="sm">
      {plan.changes.map((change) => (
        <List.Item key={change.incident ?? "new"}>
          <Consequence change={change} here={incident.id} />
        </List.Item>
      ))}
      <List.Item>{correcting.groupIsQuiet}</List.Item>
    </List>
  );
}
