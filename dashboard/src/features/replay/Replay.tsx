import { Text } from "@mantine/core";
import { useWords } from "../../i18n/words";

export default function Replay() {
  const words = useWords();
  return <Text>{words.replayHelp}</Text>;
}
