import { useQuery } from "@tanstack/react-query";
import { get, type GraphMap, type IncidentFull, type IncidentRow, type Session } from "../../api/client";

const MOST = 500;

export const useIncidents = () =>
  useQuery({ queryKey: ["incidents"], queryFn: () => get<IncidentRow[]>(`incidents?limit=${MOST}`) });

export const useIncident = (id: string) =>
  useQuery({ queryKey: ["incident", id], queryFn: () => get<IncidentFull>(`incidents/${id}`) });

export const useMap = () =>
  useQuery({ queryKey: ["map"], queryFn: () => get<GraphMap>("incidents/map"), staleTime: Infinity });

/** What a group is called: WAHA's messages do not say, so a demo asks its own simulator. */
export function useGroupName(session: Session): (incident: IncidentRow) => string {
  const groups = useQuery({
    queryKey: ["groups"],
    queryFn: () => get<{ chat: string; name: string }[]>("demo/chats"),
    enabled: session.mode === "demo",
  });
  return ({ chat, chat_name }) =>
    chat_name === chat ? (groups.data?.find((one) => one.chat === chat)?.name ?? chat) : chat_name;
}
