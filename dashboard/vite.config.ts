import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
  // The server puts a fresh nonce in its place with every answer.
  html: { cspNonce: "__RECADO_NONCE__" },
  build: { target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 1200 },
  server: { proxy: { "/api": { target: server, ws: true }, "/health": server } },
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
});
