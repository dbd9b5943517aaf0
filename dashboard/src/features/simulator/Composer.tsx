import { ActionIcon, Button, CloseButton, FileButton, Group, Menu, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPaperclip, IconSend2 } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useWords } from "../../i18n/words";
import { drawTill } from "./draw";
import { pick, type GroupMessage, type Person, type Say } from "./group";

interface Props {
  people: Person[];
  quoting: GroupMessage | null;
  editing: GroupMessage | null;
  unquote: () => void;
  send: (said: Say) => Promise<unknown>;
}

/** Where one writes: text, a photo, a drawn error, a voice note, a mention. */
export function Composer({ people, quoting, editing, unquote, send }: Props) {
  const words = useWords();
  const [text, setText] = useState(editing?.text ?? "");
  const [mentions, setMentions] = useState<Person[]>([]);
  const box = useRef<HTMLTextAreaElement>(null);
  const resetPhoto = useRef<() => void>(null);
  const resetVoice = useRef<() => void>(null);
  const [drawing, { open, close }] = useDisclosure(false);

  async function go(more: Partial<Say> = {}): Promise<void> {
    const said = text.trim();
    if (!said && !more.media) return;
    const named = mentions.filter(({ name }) => said.includes(`@${name}`)).map(({ id }) => id);
    setText("");
    setMentions([]);
    await send({ text: said, ...(named.length ? { mentions: named } : {}), ...more });
    box.current?.focus();
  }
  const sendFile = (voice: boolean) => async (file: File | null) => {
    if (!file) return;
    await go({ media: await pick(file, file.name), voice });
    resetPhoto.current?.();
    resetVoice.current?.();
  };
  const mention = (person: Person) => {
    setMentions((held) => [...held, person]);
    setText((held) => `${held}${held && !held.endsWith(" ") ? " " : ""}@${person.name} `);
    box.current?.focus();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      {(quoting ?? editing) && (
        <Group className="quote" justify="space-between" wrap="nowrap">
          <Text size="sm" lineClamp={1}>
            {quoting ? `${words.quoting} ${quoting.name}: ${quoting.text}` : words.editing}
          </Text>
          <CloseButton aria-label={words.unquote} onClick={unquote} size="sm" />
        </Group>
      )}
      <Group gap={6} wrap="nowrap" align="flex-end">
        <Menu position="top-start" keepMounted>
          <Menu.Target>
            <ActionIcon variant="subtle" size="lg" aria-label={words.attach}>
              <IconPaperclip size={20} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <FileButton accept="image/*" resetRef={resetPhoto} onChange={(file) => { void sendFile(false)(file); }}>
              {(props) => <Menu.Item {...props}>{words.photo}</Menu.Item>}
            </FileButton>
            <Menu.Item onClick={open}>{words.drawn}</Menu.Item>
            <FileButton accept="audio/*" resetRef={resetVoice} onChange={(file) => { void sendFile(true)(file); }}>
              {(props) => <Menu.Item {...props}>{words.voice}</Menu.Item>}
            </FileButton>
            <Menu.Label>{words.mention}</Menu.Label>
            {people.slice(0, 6).map((person) => (
              <Menu.Item key={person.id} onClick={() => { mention(person); }}>
                @{person.name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Textarea
          ref={box}
          flex={1}
          autosize
          minRows={1}
          maxRows={5}
          aria-label={words.writeHere}
          placeholder={words.writeHere}
          value={text}
          autoFocus={quoting !== null || editing !== null}
          onChange={(event) => { setText(event.currentTarget.value); }}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            void go();
          }}
        />
        <ActionIcon type="submit" size="lg" radius="xl" aria-label={words.send}>
          <IconSend2 size={20} />
        </ActionIcon>
      </Group>
      <Modal opened={drawing} onClose={close} title={words.drawn} closeButtonProps={{ "aria-label": words.close }}>
        <Draw
          done={(media) => {
            close();
            void go({ media });
          }}
        />
      </Modal>
    </form>
  );
}

function Draw({ done }: { done: (media: Awaited<ReturnType<typeof pick>>) => void }) {
  const words = useWords();
  const [text, setText] = useState("ERROR E-102 SIN PAPEL");
  return (
    <Stack>
      <TextInput
        data-autofocus
        label={words.drawnText}
        value={text}
        onChange={(event) => { setText(event.currentTarget.value); }}
      />
      <Button onClick={() => { void drawTill(text).then((blob) => pick(blob, "caja.png")).then(done); }}>{words.send}</Button>
    </Stack>
  );
}
