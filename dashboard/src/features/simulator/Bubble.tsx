import { ActionIcon, Menu, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { memo } from "react";
import { useSpoken } from "../../i18n/words";
import { clockTime } from "../../ui/format";
import { mediaUrl, type GroupMessage } from "./group";

const EMOJI = ["👍", "❤️", "😂", "😮", "🙏"];

export interface Acts {
  reply: (message: GroupMessage) => void;
  edit: (message: GroupMessage) => void;
  remove: (message: GroupMessage) => void;
  react: (message: GroupMessage, emoji: string) => void;
}

interface Props {
  message: GroupMessage;
  quoted: GroupMessage | undefined;
  acts: Acts;
}

/** One message as a chat shows it. */
export const Bubble = memo(function Bubble({ message, quoted, acts }: Props) {
  const { words, language } = useSpoken();
  const reactions = [...new Set(Object.values(message.reactions))].join("");
  return (
    <article className={message.from_me ? "bubble bot" : "bubble"} data-message={message.id}>
      <div className="who">{message.name || message.from}</div>
      {quoted && (
        <div className="quote">
          <strong>{quoted.name}</strong>
          <div>{quoted.text || words.file}</div>
        </div>
      )}
      {message.revoked ? <em>{words.removed}</em> : <Content message={message} />}
      <div className="meta">
        {message.edited && `${words.edited} `}
        {clockTime(message.at * 1000, language)}
      </div>
      {reactions && <span className="reactions">{reactions}</span>}
      {!message.revoked && <Actions message={message} acts={acts} />}
    </article>
  );
});

function Content({ message }: { message: GroupMessage }) {
  const { words } = useSpoken();
  const { media } = message;
  const url = media && mediaUrl(media.url);
  return (
    <>
      {media && url && media.mimetype.startsWith("image/") && <img src={url} alt={message.text || words.image} />}
      {media && url && media.mimetype.startsWith("audio/") && (
        <audio src={url} controls preload="none" aria-label={words.forwardNote} />
      )}
      {media && url && !/^(image|audio)\//.test(media.mimetype) && (
        <a href={url} download={media.filename ?? true}>
          {media.filename ?? words.file}
        </a>
      )}
      <div className="said">{message.text}</div>
    </>
  );
}

function Actions({ message, acts }: { message: GroupMessage; acts: Acts }) {
  const { words } = useSpoken();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon className="menu" variant="transparent" size="sm" aria-label={words.messageMenu}>
          <IconChevronDown size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => { acts.reply(message); }}>{words.reply}</Menu.Item>
        {!message.from_me && (
          <>
            <Menu.Item onClick={() => { acts.edit(message); }}>{words.edit}</Menu.Item>
            <Menu.Item color="red" onClick={() => { acts.remove(message); }}>
              {words.remove}
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        {EMOJI.map((emoji) => (
          <Menu.Item key={emoji} onClick={() => { acts.react(message, emoji); }} aria-label={`${words.react} ${emoji}`}>
            <Text component="span">{emoji}</Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
