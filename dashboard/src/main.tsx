import "@mantine/core/styles.css";
import "./ui/page.css";
import { MantineProvider, createTheme, type CSSVariablesResolver } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "./api/client";
import { App } from "./App";
import { WordsProvider } from "./i18n/words";

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
setNonce(nonce);

const theme = createTheme({
  primaryColor: "teal",
  primaryShade: 9,
  defaultRadius: "md",
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  autoContrast: true,
});
// Mantine's faint text is too faint to be read by everybody.
const resolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-dimmed": "#495057",
    "--mantine-color-placeholder": "#5c636a",
    "--mantine-color-anchor": "#08664f",
    "--mantine-color-teal-light-color": "#06503e",
    "--mantine-primary-color-light-color": "#06503e",
  },
  dark: {
    "--mantine-color-dimmed": "#b8bcc2",
    "--mantine-color-placeholder": "#a3a8ae",
    "--mantine-color-anchor": "#63e6be",
  },
});
const LOGGED_OUT = 401;
const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      // A session that has ended leads back to the login.
      if (error instanceof Problem && error.status === LOGGED_OUT) void queries.invalidateQueries({ queryKey: ["session"] });
    },
  }),
  defaultOptions: { queries: { retry: 1, staleTime: 2000, refetchOnWindowFocus: false } },
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto" getStyleNonce={() => nonce}>
        <QueryClientProvider client={queries}>
          <WordsProvider>
            <App />
          </WordsProvider>
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
