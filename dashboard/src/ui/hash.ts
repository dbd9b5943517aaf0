import { useSyncExternalStore } from "react";

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => {
    window.removeEventListener("hashchange", changed);
  };
}

/** The place behind the `#`, in its parts: `#/incidents/17` is ["incidents", "17"]. */
export function usePlace(): string[] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
}

export const placeOf = (...parts: string[]): string => `#/${parts.map(encodeURIComponent).join("/")}`;
