import { expect, test } from "vitest";
import { en } from "../../i18n/en";
import { es } from "../../i18n/es";
import { decided } from "./decided";

test("what classify decides is said in the page's language", () => {
  const learnt = { classification: { is_incident: true }, category: "technical", priority: "urgent", confidence: 0.931, status: "collecting" };
  expect(decided({ node: "classify", learnt }, es)).toBe("incidencia técnica, urgente (93 % seguro)");
  expect(decided({ node: "classify", learnt }, en)).toBe("incident, technical, urgent (93 % sure)");
  expect(decided({ node: "classify", learnt: { ...learnt, status: "dismissed" } }, es)).toBe("no es una incidencia (93 % seguro)");
});

test("extract names what was new, and a question what it asks for", () => {
  const fields = { store: "45", system: "impresora" };
  expect(decided({ node: "extract", learnt: { fields, learnt: ["store"] } }, es)).toBe("Aprendió tienda: 45");
  expect(decided({ node: "extract", learnt: { fields, learnt: [] } }, es)).toBe("nada nuevo");
  const asking = { pending: { field: "store" }, asked: { store: 2 }, planned: ["ask:i:store:2"] };
  expect(decided({ node: "ask_missing", learnt: asking }, es)).toBe("pregunta por tienda (2ª); hará: preguntar en el grupo");
});

test("plans of one kind are named once, a failure with its words", () => {
  const learnt = { subject: "Impresora", planned: ["ticket:i", "attach:i:a", "attach:i:b"], failure: "extract: ModelFailed" };
  expect(decided({ node: "open_ticket", learnt }, es)).toBe(
    "Ticket: «Impresora»; falló: extract: ModelFailed; hará: abrir el ticket, adjuntar un archivo",
  );
});
