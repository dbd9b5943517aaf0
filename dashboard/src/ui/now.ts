import { useEffect, useState } from "react";

const TICK_MS = 15_000;

/** Business time now in milliseconds, kept fresh: a demo may be ahead of this machine's clock. */
export function useBusinessNow(aheadSeconds: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const ticking = window.setInterval(() => { setNow(Date.now()); }, TICK_MS);
    return () => {
      window.clearInterval(ticking);
    };
  }, []);
  return now + aheadSeconds * 1000;
}
